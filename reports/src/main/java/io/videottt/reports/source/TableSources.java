package io.videottt.reports.source;

import io.videottt.base.FailureReason;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Objects;
import java.util.ServiceConfigurationError;
import java.util.ServiceLoader;
import java.util.Set;
import java.util.stream.Stream;

/**
 * The sources that are found.
 *
 * @param sources by their order
 * @param leftOut those that could not be made
 */
record TableSources(List<TableSource> sources, List<LeftOutSource> leftOut) {

  /** Far more than there are: where the list itself cannot be read, it fails again and again. */
  private static final int MOST_FAILURES = 20;

  /**
   * Those of this class's loader, and of the thread's, by which Spark loads an application's jars.
   */
  static TableSources found() {
    ClassLoader own = TableSource.class.getClassLoader();
    List<TableSource> sources = new ArrayList<>();
    List<LeftOutSource> leftOut = new ArrayList<>();
    Stream.of(own, Thread.currentThread().getContextClassLoader())
        .filter(Objects::nonNull)
        .distinct()
        .forEach(loader -> find(loader, sources, leftOut));
    return ordered(sources, leftOut);
  }

  private static void find(
      ClassLoader loader, List<TableSource> sources, List<LeftOutSource> leftOut) {
    Set<Class<?>> known = new HashSet<>();
    sources.forEach(source -> known.add(source.getClass()));
    Iterator<TableSource> found = ServiceLoader.load(TableSource.class, loader).iterator();
    for (int failures = 0; failures < MOST_FAILURES; ) {
      try {
        if (!found.hasNext()) {
          return;
        }
        TableSource source = found.next();
        if (known.add(source.getClass())) {
          sources.add(source);
        }
      } catch (ServiceConfigurationError | LinkageError e) {
        failures++;
        LeftOutSource unusable = unusable(e);
        if (!leftOut.contains(unusable)) {
          leftOut.add(unusable);
        }
      }
    }
  }

  /** The loader's own message names the class, behind the service. */
  private static LeftOutSource unusable(Error failure) {
    String service = TableSource.class.getName() + ": ";
    String message = FailureReason.of(failure);
    Throwable cause = failure.getCause();
    return new LeftOutSource(
        "a jar on the class path",
        (message.startsWith(service) ? message.substring(service.length()) : message)
            + (cause == null
                ? ""
                : " (%s: %s)"
                    .formatted(cause.getClass().getSimpleName(), FailureReason.of(cause))));
  }

  private static TableSources ordered(List<TableSource> sources, List<LeftOutSource> leftOut) {
    record Ranked(int order, TableSource source) {}
    List<Ranked> ranked = new ArrayList<>();
    for (TableSource source : sources) {
      Attempt<Integer> order = Attempt.of(source.getClass(), source::order);
      order.result().ifPresent(value -> ranked.add(new Ranked(value, source)));
      order.failure().ifPresent(leftOut::add);
    }
    ranked.sort(
        Comparator.comparingInt(Ranked::order)
            .thenComparing(each -> each.source().getClass().getName()));
    return new TableSources(ranked.stream().map(Ranked::source).toList(), List.copyOf(leftOut));
  }
}
