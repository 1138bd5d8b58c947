package io.videottt.jobs.report;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import java.util.Map;
import java.util.TreeMap;

/** How methods want to be drawn. */
final class DrawnMethods {

  private DrawnMethods() {}

  /** The numbers of their colours and marks, by id; without those that leave it to the report. */
  static Map<String, Integer> styles() {
    Map<String, Integer> styles = new TreeMap<>();
    for (Method method : Methods.all()) {
      method.style().ifPresent(number -> styles.put(method.id(), number));
    }
    return styles;
  }
}
