// Written by `deno task page`; change the files that it names.

/** The page for frames; in it, `$NAME` and `$NONCE` are to be replaced. */
export const embedHtml: string = `<!doctype html>
<html lang="en">
  <head>
    <meta charset="utf-8">
    <title>$NAME</title>
    <meta name="viewport" content="width=device-width, initial-scale=1">
    <link rel="icon" href="data:,">
    <style nonce="$NONCE">
html,
body {
  height: 100%;
  margin: 0;
  overflow: hidden;
  background: #000;
}
gif-stream {
  display: block;
  max-height: 100vh;
}
</style>
    <noscript><meta http-equiv="refresh" content="0; url=still"></noscript>
  </head>
  <body>
    <gif-stream src="../$NAME.gif"
      aria-label="Live picture: $NAME"></gif-stream>
    <script type="module" nonce="$NONCE">
var L=matchMedia("(prefers-reduced-motion: reduce)"),S=class extends HTMLElement{static get observedAttributes(){return["src"]}connectedCallback(){this.stop=b(this)}disconnectedCallback(){this.stop&&this.stop()}attributeChangedCallback(){!this.isConnected||!this.stop||(this.stop(),this.stop=b(this))}};function b(n){let r=document.createElement("canvas"),E=n.shadowRoot||n.attachShadow({mode:"open"}),i,o,d,u,h=!1,f=!1,m=!1,C=!("createImageBitmap"in self),l=250,p=t=>{let e=E.firstChild;e!==t&&(e&&(e.src="",e.remove()),t.style.cssText="display:block;width:100%;max-height:inherit;object-fit:contain",E.appendChild(t))},I=()=>{h=!1,clearTimeout(d);let t=i;o&&(o.src=""),i=o=void 0,t&&t.close()},a=t=>{clearTimeout(d),d=setTimeout(()=>{o||I(),w()},t)},g=()=>{C=!m,a(l),l=Math.min(2*l,5e3)},N=async(t,e)=>{if(m=!0,l=250,a(8e3),new Uint8Array(t)[0]===123)return;let s=await createImageBitmap(new Blob([t]));if(e!==i)return;r.width=s.width,r.height=s.height,r.getContext("2d").drawImage(s,0,0),f=!0,c()},w=()=>{h=!0;let t=new URL(n.getAttribute("src")||"",document.baseURI);if(C){let e=o=new Image,s=()=>e.naturalWidth?p(e):e===o&&setTimeout(s,50);return t.search+="&t="+Date.now(),e.onerror=e.onload=()=>{e===o&&a(8e3)},e.src=t.href,s(),a(6e4)}p(r),t.protocol=t.protocol.replace("http","ws"),t.pathname=t.pathname.replace(/\\.gif$/,"/ws"),t.search+="&format=auto&status=yes";try{let e=i=new WebSocket(t.href);e.binaryType="arraybuffer",e.onmessage=({data:s})=>e===i&&N(s,e),e.onerror=e.onclose=()=>e===i&&g(),a(8e3)}catch{g()}},c=()=>{let t=L.matches&&f;document.hidden||!u||t?I():h||w()},M=new IntersectionObserver(t=>{u=t[t.length-1].isIntersecting,c()});return M.observe(n),document.addEventListener("visibilitychange",c),L.addListener(c),getComputedStyle(n).display==="inline"&&(n.style.display="inline-block"),()=>{I(),M.disconnect(),document.removeEventListener("visibilitychange",c),L.removeListener(c)}}customElements.define("gif-stream",S);
</script>
  </body>
</html>
`;
