package io.videottt.reports.paper;

import io.videottt.reports.Measurement;
import io.videottt.reports.published.PublishedResults;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * The methods that were measured on one set with one model, as columns: the paper's in its order,
 * then the controls, marked as such.
 *
 * @param methods in the order of the columns
 */
record MethodColumns(List<Measurement> methods) {

  private static final String CONTROL = "control: ";

  static MethodColumns of(PublishedResults published, List<Measurement> measured) {
    Set<String> order = new LinkedHashSet<>();
    published.tables().forEach(t -> t.rows().forEach(row -> order.add(row.method())));
    List<String> places = List.copyOf(order);
    List<Measurement> methods = new ArrayList<>(measured);
    methods.sort(
        Comparator.comparing(Measurement::control)
            .thenComparingInt(
                m -> places.contains(m.method()) ? places.indexOf(m.method()) : places.size()));
    return new MethodColumns(List.copyOf(methods));
  }

  /** The methods that were compared with the fixed model. */
  MethodColumns compared() {
    return new MethodColumns(methods.stream().filter(m -> m.difference().isPresent()).toList());
  }

  boolean isEmpty() {
    return methods.isEmpty();
  }

  List<String> headings() {
    return methods.stream().map(m -> (m.control() ? CONTROL : "") + m.heading()).toList();
  }

  /**
   * Places of the paper's methods behind some columns of words: controls do not compete, nor does
   * what is over other frames.
   */
  List<Integer> competing(int first) {
    return IntStream.range(0, methods.size())
        .filter(column -> !methods.get(column).control())
        .filter(column -> methods.get(column).coverage().isUsual())
        .map(column -> first + column)
        .boxed()
        .toList();
  }
}
