// What AWS's script of this name does for a requester's page: the assignment's id goes into the form, and a worker who
// only looks can't submit. Ours, served in its place.
function turkGetParam(name, otherwise) {
  var value = new URLSearchParams(window.location.search).get(name);
  return value === null ? otherwise : value;
}
function turkGetSubmitToHost() {
  return turkGetParam("turkSubmitTo", window.location.origin);
}
function turkSetAssignmentID(assignmentId) {
  var id = assignmentId || turkGetParam("assignmentId", "");
  var field = document.getElementById("assignmentId");
  var form = document.getElementById("mturk_form");
  if (!field && form) {
    field = document.createElement("input");
    field.type = "hidden";
    field.name = "assignmentId";
    field.id = "assignmentId";
    form.appendChild(field);
  }
  if (field) {
    field.value = id;
  }
  var button = document.getElementById("submitButton");
  if (button && id === "ASSIGNMENT_ID_NOT_AVAILABLE") {
    button.disabled = true;
    button.value = "Accept the HIT to submit";
  }
}
