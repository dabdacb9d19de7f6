#!/usr/bin/env node
// A witness in place of the product: the same contract (serve, PORT, « À l’écoute »,
// /healthz), one good page, and one page for each fault the bench must see.
import { createServer } from 'node:http';

const page = (corps, tete = '') => `<!doctype html>
<html lang="fr"><head><meta charset="utf-8"><title>Témoin – Coopôle</title>
<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">${tete}</head>
<body><nav aria-label="Accès rapide"><a href="#contenu">Contenu</a></nav>
<header><nav aria-label="Menu principal"><a href="/">Accueil</a></nav></header>
<main id="contenu" tabindex="-1"><h1>Page témoin</h1>${corps}</main></body></html>`;

const pages = {
  '/': page('<p>Rien à redire. <a href="/large">Suite</a></p>'),
  '/sans-texte': page('<img src="data:image/gif;base64,R0lGODlhAQABAAAAACw=">'),
  '/large': page('<p style="width:2000px">Trop large.</p>'),
  '/console': page('', '<script>console.error("quelque chose manque")</script>'),
  '/script': page('', '<script>setTimeout(() => inconnu())</script>'),
  '/dehors': page('', '<link rel="stylesheet" href="http://dehors.invalid/style.css">'),
  '/absente': page('', '<link rel="stylesheet" href="/nulle-part.css">'),
  '/interdit': page('', '<script>document.title = "écrit malgré la règle"</script>'),
  '/deux-titres': page('<h1>Un second titre</h1>'),
  '/noscript': page('<noscript><img src="data:image/gif;base64,R0lGODlhAQABAAAAACw="></noscript><script>document.title = "avec script – Coopôle"</script>'),
  '/piege': page('<button onblur="this.focus()">Retenu</button>'),
};

if (process.argv.includes('--panne')) {
  console.error('la base ne s’ouvre pas');
  process.exit(3);
}
createServer(({ url }, reponse) => {
  if (url === '/healthz') return reponse.end('ok');
  if (url === '/mourir') process.exit(4);
  const corps = pages[url];
  reponse.writeHead(corps ? 200 : 404, {
    'content-type': 'text/html; charset=utf-8',
    ...(url === '/interdit' ? { 'content-security-policy': "default-src 'self'; img-src data:" } : {}),
  });
  reponse.end(corps ?? page('Rien ici.'));
}).listen(process.env.PORT, '127.0.0.1', () => console.log(`À l’écoute sur http://127.0.0.1:${process.env.PORT}`));
