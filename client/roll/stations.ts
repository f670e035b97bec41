// Dragging a card of the board to another station opens the page that says what the move changes.
// The link on every card leads to the same page without a pointer or a script.

function followDrag(board: HTMLElement, address: string): void {
  let dragged: HTMLElement | null = null;

  board.addEventListener("dragstart", (event) => {
    const target = event.target instanceof Element ? event.target : null;
    dragged = target?.closest<HTMLElement>("[data-query]") ?? null;
    if (!dragged || !event.dataTransfer) return;
    event.dataTransfer.effectAllowed = "move";
    event.dataTransfer.setData("text/plain", dragged.dataset.query ?? "");
    dragged.classList.add("is-dragged");
  });

  board.addEventListener("dragend", () => {
    dragged?.classList.remove("is-dragged");
    dragged = null;
    mark(null);
  });

  board.addEventListener("dragover", (event) => {
    const goal = findGoal(event);
    mark(goal);
    if (goal) event.preventDefault();
  });

  board.addEventListener("drop", (event) => {
    const goal = findGoal(event);
    if (!goal || !dragged) return;
    event.preventDefault();
    const query = new URLSearchParams(dragged.dataset.query);
    query.set("ke", goal.dataset.station ?? "");
    location.assign(`${address}?${query}`);
  });

  // Only another station is a goal, and only while a card of this board is under way.
  function findGoal(event: Event): HTMLElement | null {
    const target = event.target instanceof Element ? event.target : null;
    const column = target?.closest<HTMLElement>("[data-station]") ?? null;
    return dragged && column && !column.contains(dragged) ? column : null;
  }

  function mark(goal: HTMLElement | null): void {
    for (const column of board.querySelectorAll(".is-goal")) column.classList.remove("is-goal");
    goal?.classList.add("is-goal");
  }
}

const board = document.querySelector<HTMLElement>("[data-board]");
if (board) followDrag(board, board.dataset.board ?? "");
