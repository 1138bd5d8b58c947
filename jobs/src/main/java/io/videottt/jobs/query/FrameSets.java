package io.videottt.jobs.query;

import io.videottt.base.InvalidInputException;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.reports.EvaluationSet;
import io.videottt.reports.FrameCoverage;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Row;

/**
 * The frames that results are made of, one bit each, to tell which results are over the same ones.
 * The frames of most results of an evaluation set are the usual ones; of equally common sets those
 * of more frames.
 */
public final class FrameSets {

  private final Map<EvaluationSet, Map<ResultKey, Map<Repetition, Map<String, BitSet>>>> sets =
      new LinkedHashMap<>();

  /** The usual frames of each evaluation set, once they are asked for. */
  private final Map<EvaluationSet, Map<String, BitSet>> usual = new LinkedHashMap<>();

  /**
   * Takes a row of {@link FrameQueries#videos}.
   *
   * @throws InvalidInputException when a repetition holds a frame twice
   */
  public void add(Row row) {
    ResultKey key = ResultKey.of(row);
    String video = row.getAs(MetricsSchema.VIDEO);
    Repetition repetition = Repetition.of(row);
    BitSet frames = new BitSet();
    List<Row> values = row.getList(row.fieldIndex(FrameQueries.VALUES));
    for (Row value : values) {
      int frame = FrameMeans.requireIndex(value.getInt(0));
      if (frames.get(frame)) {
        throw new InvalidInputException(
            "results: %s of %s on video %s holds frame %d twice (seed %d); delete the unit's file and"
                    .formatted(key.method(), key.dataset(), video, frame, repetition.seed())
                + " start its sweep again");
      }
      frames.set(frame);
    }
    if (!frames.isEmpty()) {
      sets.computeIfAbsent(key.set(), set -> new LinkedHashMap<>())
          .computeIfAbsent(key, result -> new LinkedHashMap<>())
          .computeIfAbsent(repetition, seed -> new TreeMap<>())
          .put(video, frames);
    }
  }

  /** Which frames a result is made of, all rows having been taken. */
  public FrameCoverage of(ResultKey key) {
    Map<Repetition, Map<String, BitSet>> own =
        sets.getOrDefault(key.set(), Map.of()).getOrDefault(key, Map.of());
    if (own.isEmpty()) {
      return FrameCoverage.usual(0);
    }
    Map<String, BitSet> common = usual.computeIfAbsent(key.set(), this::usual);
    TreeSet<String> videos = new TreeSet<>(common.keySet());
    own.values().forEach(repetition -> videos.addAll(repetition.keySet()));
    List<FrameCoverage.OfVideo> differing = new ArrayList<>();
    for (String video : videos) {
      BitSet expected = common.getOrDefault(video, new BitSet());
      for (Map<String, BitSet> repetition : own.values()) {
        BitSet frames = repetition.getOrDefault(video, new BitSet());
        if (!frames.equals(expected)) {
          differing.add(
              new FrameCoverage.OfVideo(video, frames.cardinality(), expected.cardinality()));
          break;
        }
      }
    }
    return new FrameCoverage(
        own.values().stream().mapToLong(FrameSets::count).max().orElse(0),
        own.values().stream().mapToLong(FrameSets::count).min().orElse(0),
        count(common),
        differing);
  }

  private Map<String, BitSet> usual(EvaluationSet set) {
    Map<Map<String, BitSet>, Integer> results = new LinkedHashMap<>();
    for (Map<Repetition, Map<String, BitSet>> repetitions : sets.get(set).values()) {
      repetitions.values().stream()
          .distinct()
          .forEach(frames -> results.merge(frames, 1, Integer::sum));
    }
    return results.entrySet().stream()
        .max(
            Comparator.comparingInt(Map.Entry<Map<String, BitSet>, Integer>::getValue)
                .thenComparingLong(entry -> count(entry.getKey())))
        .orElseThrow()
        .getKey();
  }

  private static long count(Map<String, BitSet> videos) {
    return videos.values().stream().mapToLong(BitSet::cardinality).sum();
  }
}
