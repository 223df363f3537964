const KEY = 'tidemark-theme';

/** Runs before the first paint, so that no page flashes in the other theme or density. */
export const themeScript = `(function(){var r=document.documentElement,k=null,a=new URLSearchParams(location.search).get('theme');try{k=localStorage.getItem('${KEY}')}catch(e){}var t=a||k;if(t==='light'||t==='dark')r.dataset.theme=t;try{var d=JSON.parse(localStorage.getItem('tidemark-preferences')||'{}').density;if(d==='compact'||d==='comfortable')r.dataset.density=d}catch(e){}})()`;
