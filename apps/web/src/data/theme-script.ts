const KEY = 'tidemark-theme';

/** Runs before the first paint, so that no page flashes in the other theme, density or width of the navigation. */
export const themeScript = `(function(){var r=document.documentElement,k=null,a=new URLSearchParams(location.search).get('theme');try{k=localStorage.getItem('${KEY}')}catch(e){}var t=a||k;if(t==='light'||t==='dark')r.dataset.theme=t;try{var p=JSON.parse(localStorage.getItem('tidemark-preferences')||'{}'),d=p.density;if(d==='compact'||d==='comfortable')r.dataset.density=d;if(p.showsNavNames===false)r.dataset.nav='icons'}catch(e){}})()`;
