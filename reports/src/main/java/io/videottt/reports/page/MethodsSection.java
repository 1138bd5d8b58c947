package io.videottt.reports.page;

import gg.jte.Content;
import io.videottt.reports.MethodNote;
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
  public Content body() {
    return PageOutput.content(JtemethodsGenerated::render, this);
  }

  List<MethodNote> controls() {
    return methods.stream().filter(MethodNote::control).toList();
  }

  List<MethodNote> others() {
    return methods.stream().filter(method -> !method.control()).toList();
  }
}
