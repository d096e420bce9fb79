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
html,body{height:100%;margin:0;overflow:hidden;background:#000}gif-stream{display:block;max-height:100vh}
</style>
    <noscript><meta http-equiv="refresh" content="0; url=still"></noscript>
  </head>
  <body>
    <gif-stream src="../$NAME.gif"
      aria-label="Live picture: $NAME"></gif-stream>
    <script type="module" nonce="$NONCE">
var m=matchMedia("(prefers-reduced-motion: reduce)"),D=/WebKit(?!.*Chrom)/.test(navigator.userAgent),_="createImageBitmap"in self,I=class extends HTMLElement{connectedCallback(){this.stop(),this.stop=y(this)}disconnectedCallback(){this.stop()}attributeChangedCallback(){this.isConnected&&this.connectedCallback()}stop(){}};I.observedAttributes=["src"];function y(o){let c=document.createElement("canvas"),C=o.shadowRoot||o.attachShadow({mode:"open"}),i,s,S,p,L=!1,f=!1,w=!1,r=!_,l=250,E=t=>{let n=C.firstChild;n!==t&&(n&&(n.src="",n.remove()),t.style.cssText="display:block;width:100%;max-height:inherit;object-fit:contain",C.appendChild(t))},u=()=>{L=!1,clearTimeout(S),i&&i.close(),s&&(s.src=""),i=s=void 0},a=t=>{clearTimeout(S),S=setTimeout(()=>{s||u(),M()},t)},g=()=>{r=!w,a(l),l=Math.min(2*l,5e3)},R=async(t,n)=>{if(w=!0,l=250,a(8e3),new Uint8Array(t)[0]===123)return;let e=await createImageBitmap(new Blob([t]));n===i&&b(e)},b=t=>{E(c),c.width=t.width,c.height=t.height,c.getContext("2d").drawImage(t,0,0),f=!0,d()},M=()=>{L=!0;let t=new URL(o.getAttribute("src"),document.baseURI),n=r&&(D||m.matches);if(t.pathname=t.pathname.replace(/.gif$/,n?"/snapshot.jpg":r?".gif":"/ws"),t.search+="&format=auto&status=yes&"+Date.now()+(f?"&next":""),r){let e=s=new Image,h=()=>e.naturalWidth?E(e):e===s&&setTimeout(h,50);return e.onload=e.onerror=()=>{if(e===s){if(n&&e.naturalWidth)return a(0),b(e);s=void 0,r=!_,a(8e3)}},e.src=t.href,n||h(),a(6e4)}try{let e=i=new WebSocket(t.href.replace("http","ws"));e.binaryType="arraybuffer",e.onmessage=({data:h})=>R(h,e),e.onerror=e.onclose=()=>e===i&&g(),a(8e3)}catch{g()}},d=()=>{let t=m.matches&&f;document.hidden||!p||t?u():L||M()};E(c);let N=new IntersectionObserver(t=>{p=t.pop().isIntersecting,d()}),O=t=>{document[t+"EventListener"]("visibilitychange",d),m[t+"Listener"](d)};return N.observe(o),O("add"),getComputedStyle(o).display==="inline"&&(o.style.display="inline-block"),()=>{u(),N.disconnect(),O("remove")}}customElements.define("gif-stream",I);
</script>
  </body>
</html>
`;
