package io.videottt.catalog.file;

import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Counts of what was found, by kind, with the first few messages of each. Not thread-safe. */
public final class Tally<K extends Enum<K>> {

  /**
   * What was found of one kind.
   *
   * @param count how much there is
   * @param examples messages of the first few
   */
  public record Found(long count, List<String> examples) {}

  private static final int EXAMPLES = 10;

  private final Map<K, Long> counts;
  private final Map<K, List<String>> examples;

  public Tally(Class<K> kinds) {
    this.counts = new EnumMap<>(kinds);
    this.examples = new EnumMap<>(kinds);
  }

  /**
   * Adds what one place holds.
   *
   * @param count how many, at least 1
   * @param example a message that names the place
   */
  public void add(K kind, long count, String example) {
    counts.merge(kind, count, Long::sum);
    List<String> shown = examples.computeIfAbsent(kind, unused -> new ArrayList<>());
    if (shown.size() < EXAMPLES) {
      shown.add(example);
    }
  }

  /** What was found, kinds that were not left out; the order is that of the kinds. */
  public Map<K, Found> found() {
    Map<K, Found> found = new LinkedHashMap<>();
    counts.forEach(
        (kind, count) -> found.put(kind, new Found(count, List.copyOf(examples.get(kind)))));
    return Collections.unmodifiableMap(found);
  }

  /** Adds what was found elsewhere. */
  public void add(Tally<K> other) {
    other.counts.forEach(
        (kind, count) -> {
          counts.merge(kind, count, Long::sum);
          List<String> shown = examples.computeIfAbsent(kind, unused -> new ArrayList<>());
          other.examples.get(kind).stream().limit(EXAMPLES - shown.size()).forEach(shown::add);
        });
  }
}
