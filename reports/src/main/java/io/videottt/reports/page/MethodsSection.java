package io.videottt.reports.page;

import io.videottt.reports.MethodNote;
import io.videottt.reports.table.HtmlText;
import java.util.List;

/**
 * The section that says what the methods are and what the controls are for.
 *
 * @param methods in the order of the page
 */
record MethodsSection(List<MethodNote> methods) implements PageSection {

  @Override
  public String id() {
    return "methods";
  }

  @Override
  public String title() {
    return "The methods";
  }

  @Override
  public String entry() {
    return "Methods";
  }

  @Override
  public boolean isEmpty() {
    return methods.isEmpty();
  }

  @Override
  public String body() {
    StringBuilder html = new StringBuilder();
    list(html, methods.stream().filter(method -> !method.control()).toList());
    List<MethodNote> controls = methods.stream().filter(MethodNote::control).toList();
    if (!controls.isEmpty()) {
      html.append(
          "<h3>Controls</h3>\n"
              + "<p>Ours, not the paper&#39;s: each leaves out what test-time training is said to"
              + " gain from. A method is worth its steps as far as it gains more than they"
              + " do.</p>\n");
      list(html, controls);
    }
    return html.toString();
  }

  private static void list(StringBuilder html, List<MethodNote> notes) {
    html.append("<dl class=\"methods\">\n");
    for (MethodNote note : notes) {
      html.append(
          "<div><dt>%s</dt><dd>%s</dd></div>\n"
              .formatted(HtmlText.escape(note.title()), HtmlText.escape(note.description())));
    }
    html.append("</dl>\n");
  }
}
