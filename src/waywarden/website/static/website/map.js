// The live map over the still one. The picture and the table carry everything;
// this only adds zoom, pointing and a way to a parish's page.
const css = name => getComputedStyle(document.documentElement).getPropertyValue(name).trim();
const FONT = ["Hanken Grotesk Variable", "Arial", "sans-serif"];
const FILLS = {
  ...Object.fromEntries([1, 2, 3, 4].map(i => [`map-${i}`, css(`--ww-map-${i}`)])),
  ...Object.fromEntries([1, 2, 3, 4, 5].map(i => [`seq-${i}`, css(`--ww-seq-${i}`)])),
  you: css("--ww-waymark"), stone: css("--ww-stone-2"), far: css("--ww-stone-1"),
};

// The same hatch and dots as on the still map.
const pattern = ink => {
  const n = 16, data = new Uint8Array(n * n * 4).fill(255);
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) if (ink(x, y)) data.set([130, 147, 147, 255], (y * n + x) * 4);
  return {width: n, height: n, data};
};
const HATCH = pattern((x, y) => (x + y) % 8 < 2);
const DOTS = pattern((x, y) => Math.hypot(x - 8, y - 8) < 2.5);

// Another council that leads one service: white with an edge of ink.
const diamond = () => {
  const n = 32, data = new Uint8Array(n * n * 4);
  for (let y = 0; y < n; y++) for (let x = 0; x < n; x++) {
    const far = Math.abs(x - 15.5) + Math.abs(y - 15.5);
    if (far < 15) data.set(far < 11 ? [255, 255, 255, 255] : [20, 38, 43, 255], (y * n + x) * 4);
  }
  return {width: n, height: n, data};
};
const PLANNED = ["plan", "cluster"];
const grows = (at, small, large) => ["interpolate", ["linear"], ["zoom"], at, small, at + 1.2, large];

const is = what => ["==", ["get", "what"], what];
const names = (id, filter, size, more) => ({
  id, type: "symbol", source: "drawing", filter: ["all", is("name"), filter], ...more,
  layout: {"text-field": ["get", "name"], "text-font": FONT, "text-size": size, "symbol-sort-key": ["get", "rank"], "text-padding": 4, ...more.layout},
  paint: {"text-color": css("--ww-ink"), "text-halo-color": "#fff", "text-halo-width": 1.8},
});
const BESIDE = {"text-variable-anchor": ["left", "bottom", "top", "right"], "text-radial-offset": ["case", ["has", "beside"], 1.15, 0.85], "text-justify": "auto"};

// What a plan adds: thin lines from a lead to those it serves, and signs where leads are.
const lines = kind => !PLANNED.includes(kind) ? [] : [
  {id: "bow", type: "line", source: "drawing", filter: is("line"), paint: {"line-color": css("--ww-ink"), "line-width": kind === "cluster" ? 1.5 : grows(8, 0.8, 1.5), "line-opacity": kind === "cluster" ? 0.9 : 0.6}},
];
const signs = kind => !PLANNED.includes(kind) ? [] : [
  {id: "diamond", type: "symbol", source: "drawing", filter: ["all", is("sign"), ["==", ["get", "sign"], "diamond"]], layout: {"icon-image": "diamond", "icon-allow-overlap": true, "icon-size": grows(8, 0.6, 1)}},
  {id: "lead", type: "circle", source: "drawing", filter: ["all", is("sign"), ["==", ["get", "sign"], "disc"]], paint: {"circle-radius": grows(7.2, 7.5, 11), "circle-color": css("--ww-ink"), "circle-stroke-color": "#fff", "circle-stroke-width": 0.8}},
  {id: "number", type: "symbol", source: "drawing", filter: ["all", is("sign"), ["==", ["get", "sign"], "disc"]], layout: {"text-field": ["get", "words"], "text-font": FONT, "text-size": grows(7.2, 9.5, 13), "text-allow-overlap": true, "text-padding": 1}, paint: {"text-color": "#fff"}},
];

const seam = kind => {
  if (kind === "amounts") return css("--ww-map-line");
  return PLANNED.includes(kind) ? ["match", ["get", "fill"], ["alone", "none"], css("--ww-map-line"), "#fff"] : "#fff";
};

const layers = kind => {
  const disc = ["get", "disc"], soon = ["<=", ["get", "rank"], 6], near = ["place", "cluster"].includes(kind);
  const each = [">=", ["get", "rank"], 100];
  return [
    {id: "fill", type: "fill", source: "drawing", filter: is("shape"), paint: {"fill-color": ["match", ["get", "fill"], ...Object.entries(FILLS).flat(), "#fff"]}},
    {id: "hatch", type: "fill", source: "drawing", filter: ["all", is("shape"), ["==", ["get", "fill"], "none"]], paint: {"fill-pattern": "hatch"}},
    {id: "dots", type: "fill", source: "drawing", filter: ["all", is("shape"), ["==", ["get", "fill"], "unknown"]], paint: {"fill-pattern": "dots"}},
    {id: "line", type: "line", source: "drawing", filter: is("shape"), paint: {"line-color": seam(kind), "line-width": 0.8}},
    {id: "edge", type: "line", source: "drawing", filter: is("outline"), paint: {"line-color": css("--ww-map-edge"), "line-width": ["get", "width"]}},
    ...lines(kind),
    {id: "disc", type: "circle", source: "drawing", filter: ["all", is("name"), disc, ["!", ["has", "beside"]]], paint: {"circle-radius": 3.2, "circle-color": css("--ww-ink"), "circle-stroke-color": "#fff", "circle-stroke-width": 1.5}},
    names("each", ["all", ["!", disc], each], 13, {minzoom: 9.6}),
    names("more", ["all", disc, ["!", soon]], 13, {layout: BESIDE, minzoom: near ? 0 : 7.9}),
    names("few", ["all", disc, soon], 14, {layout: BESIDE}),
    names("area", ["all", ["!", disc], ["!", each]], 14, {layout: {"text-letter-spacing": 0.03}}),
    ...signs(kind),
  ];
};

// What the map first shows: everything, a place with as much again around it, or a cluster.
const ABOUT = {place: f => f.properties.fill === "you", cluster: f => f.properties.fill !== "stone"};
const boundsOf = (data, kind) => {
  const box = [Infinity, Infinity, -Infinity, -Infinity];
  const take = c => {
    if (typeof c[0] !== "number") return c.forEach(take);
    [box[0], box[1], box[2], box[3]] = [Math.min(box[0], c[0]), Math.min(box[1], c[1]), Math.max(box[2], c[0]), Math.max(box[3], c[1])];
  };
  const shapes = data.features.filter(f => f.properties.what === "shape");
  shapes.filter(ABOUT[kind] || (() => true)).forEach(f => take(f.geometry.coordinates));
  const [wide, high] = kind === "place" ? [(box[2] - box[0]) * 0.7, (box[3] - box[1]) * 0.7] : [0, 0];
  return [box[0] - wide, box[1] - high, box[2] + wide, box[3] + high];
};

const point = (map, figure) => {
  const said = figure.querySelector(".ww-map__said");
  const pointed = ["lead", "diamond", "fill"].filter(id => map.getLayer(id));
  const under = event => map.queryRenderedFeatures(event.point, {layers: pointed})[0]?.properties;
  map.on("mousemove", event => {
    const told = under(event);
    map.getCanvas().style.cursor = told?.address ? "pointer" : "";
    said.textContent = told?.said || "";
  });
  map.on("mouseout", () => { said.textContent = ""; });
  map.on("click", event => {
    const told = under(event);
    if (!told) return;
    const address = told.address;
    const {lng, lat} = event.lngLat;
    // Near an edge an approximate shape may be the wrong one: ask which was meant.
    const to = new URL(figure.dataset.at || address, location.href);
    if (figure.dataset.at) {
      to.searchParams.set("lon", lng.toFixed(5));
      to.searchParams.set("lat", lat.toFixed(5));
    }
    if (figure.dataset.at || address) location.assign(to);
  });
};

// Where a page lets shapes be picked, a tap picks one; those picked are dropped onto another.
const pick = (map, figure) => {
  const said = figure.querySelector(".ww-map__said");
  const under = event => map.queryRenderedFeatures(event.point, {layers: ["fill"]})[0]?.properties;
  const tell = (what, key) => figure.dispatchEvent(new CustomEvent(what, {detail: key}));
  let picked = [], held;
  const mark = () => map.setFilter("picked", ["all", is("shape"), ["in", ["get", "key"], ["literal", picked]]]);
  map.addLayer({id: "picked", type: "line", source: "drawing", filter: ["==", "1", "0"], paint: {"line-color": css("--ww-ink"), "line-width": 3.5}});
  figure.addEventListener("picked", ({detail}) => { picked = detail; mark(); });
  tell("ready");
  map.on("mousedown", event => {
    const told = event.originalEvent.button === 0 && under(event);
    held = told && picked.includes(told.key) ? told : undefined;
    if (held) event.preventDefault();      // what is picked is dragged, not the map
  });
  map.on("mousemove", event => {
    const told = under(event);
    map.getCanvas().style.cursor = held ? "grabbing" : told ? "pointer" : "";
    said.textContent = held && told && told.key !== held.key ? `Those ticked to: ${told.said}` : told?.said || "";
  });
  map.on("mouseup", event => {
    const onto = held && under(event);
    if (onto && onto.key !== held.key) tell("drop", onto.key);
  });
  map.on("mouseout", () => { said.textContent = ""; });
  addEventListener("mouseup", () => { held = undefined; });
  map.on("click", event => {
    const told = under(event);
    if (told) tell("pick", told.key);
  });
};

const dress = address => new Promise((done, failed) => {
  if (document.querySelector("link[data-map-styles]")) return done();
  const link = Object.assign(document.createElement("link"), {rel: "stylesheet", href: address, onload: done, onerror: failed});
  link.dataset.mapStyles = "";
  document.head.prepend(link);              // before ours, which then win
});

// Names stand to the right of their discs: leave them room, more on a wide map.
const room = (kind, width) => kind === "cluster" ? {top: 20, bottom: 20, left: 20, right: 56} : kind === "place" ? 14 : width < 400 ? {top: 10, bottom: 10, left: 8, right: 30} : {top: 12, bottom: 12, left: 34, right: 52};

const show = async figure => {
  const box = figure.querySelector(".ww-map__live");
  const [{Map, NavigationControl, setWorkerUrl}, drawing] = await Promise.all([
    import(figure.dataset.library),
    fetch(figure.dataset.shapes).then(answer => answer.ok ? answer.json() : Promise.reject(new Error(answer.statusText))),
    dress(figure.dataset.styles),
  ]);
  setWorkerUrl(new URL(figure.dataset.worker, location.href).href);
  const bounds = figure.dataset.bounds ? figure.dataset.bounds.split(",").map(Number) : boundsOf(drawing, figure.dataset.map);
  const map = new Map({
    container: box, bounds, fitBoundsOptions: {padding: room(figure.dataset.map, box.clientWidth)}, attributionControl: false, dragRotate: false, pitchWithRotate: false,
    cooperativeGestures: true, fadeDuration: 0,
    style: {version: 8, sources: {drawing: {type: "geojson", data: drawing}}, layers: [{id: "ground", type: "background", paint: {"background-color": css("--ww-brand-tint")}}]},
  });
  map.touchZoomRotate.disableRotation();
  map.keyboard.disableRotation();
  map.addControl(new NavigationControl({showCompass: false}), "top-right");
  map.on("load", () => {
    map.addImage("hatch", HATCH, {pixelRatio: 2});
    map.addImage("dots", DOTS, {pixelRatio: 2});
    map.addImage("diamond", diamond(), {pixelRatio: 2});
    layers(figure.dataset.map).forEach(layer => map.addLayer(layer));
    (figure.dataset.picks ? pick : point)(map, figure);
    map.once("idle", () => {
      map.getCanvas().setAttribute("aria-label", figure.dataset.label);
      figure.dataset.mapState = "idle";
    });
  });
};

// Half a megabyte is fetched only for a map that is looked at, and never where data is saved.
const watch = new IntersectionObserver(entries => entries.filter(entry => entry.isIntersecting).forEach(({target}) => {
  watch.unobserve(target);
  show(target).catch(() => { target.dataset.mapState = "still"; });
}), {rootMargin: "200px"});

for (const figure of document.querySelectorAll("[data-map]")) {
  if (navigator.connection?.saveData) figure.dataset.mapState = "still";
  else watch.observe(figure);
}
