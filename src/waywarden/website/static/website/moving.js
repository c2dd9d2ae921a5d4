// Moving councils on the map of a plan: a tap ticks one, and those ticked are dragged to another
// cluster. The list does all of this without the map.
const form = document.getElementById("moves");
const figure = form.querySelector("[data-picks]");
const said = document.getElementById("ticked");
const boxOf = key => form.querySelector(`[name="${figure.dataset.picks}"][value="${CSS.escape(key)}"]`);
const groupOf = key => boxOf(key)?.closest("[data-group]").dataset.group;

const tell = () => {
  const boxes = [...form.querySelectorAll(`[name="${figure.dataset.picks}"]:checked`)];
  said.textContent = boxes.length ? `Ticked: ${boxes.map(box => box.labels[0].textContent.trim()).join(", ")}` : "";
  figure.dispatchEvent(new CustomEvent("picked", {detail: boxes.map(box => box.value)}));
};

figure.addEventListener("ready", tell);
figure.addEventListener("pick", ({detail: key}) => {
  const box = boxOf(key);
  if (!box) return;
  box.checked = !box.checked;
  if (box.checked) box.closest("details").open = true;
  tell();
});
figure.addEventListener("drop", ({detail: onto}) => {
  const to = groupOf(onto);
  if (!to) return;
  form.elements.to.value = to;
  form.requestSubmit(form.querySelector("[name=move]"));
});
form.addEventListener("change", tell);
tell();
