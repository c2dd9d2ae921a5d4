// Moving councils on the map of a plan: a tap ticks one, a drag moves it to another cluster.
// The ticks and the list do all of this without the map.
const form = document.getElementById("moves");
const figure = form?.querySelector("[data-picks]");
const said = document.getElementById("ticked");
const boxOf = key => form.querySelector(`[name="${figure.dataset.picks}"][value="${CSS.escape(key)}"]`);
const groupOf = key => boxOf(key)?.closest("[data-group]").dataset.group;

const tell = () => {
  const names = [...form.querySelectorAll(`[name="${figure.dataset.picks}"]:checked`)].map(box => box.labels[0].textContent.trim());
  said.textContent = names.length ? `Ticked: ${names.join(", ")}` : "";
};

figure?.addEventListener("pick", ({detail}) => {
  const box = boxOf(detail.key);
  if (!box) return;
  box.checked = !box.checked;
  if (box.checked) box.closest("details").open = true;
  tell();
});

figure?.addEventListener("drop", ({detail}) => {
  const box = boxOf(detail.key), to = groupOf(detail.onto);
  if (!box || !to || to === groupOf(detail.key)) return;
  box.checked = true;
  form.elements.to.value = to;
  form.requestSubmit(form.querySelector("[name=move]"));
});

form?.addEventListener("change", tell);
