// Without this script the whole list is there; with it, the reader can narrow it.
const filter = document.getElementById("filter");
if (filter) {
  const items = [...document.querySelectorAll(".briefings li")], count = document.getElementById("count");
  const whole = count.textContent;
  filter.hidden = false;
  filter.addEventListener("input", () => {
    const words = filter.value.toLowerCase().split(/\s+/).filter(Boolean);
    for (const item of items) item.hidden = !words.every((word) => item.dataset.words.includes(word));
    const left = items.filter((item) => !item.hidden).length;
    count.textContent = words.length ? `${left} / ${items.length}` : whole;
  });
}
