package io.videottt.jobs;

import io.videottt.adaptation.Method;
import io.videottt.reports.EvaluationSet;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;

/**
 * Chooses the frames to show: those where the adapted model differs most from the fixed one, in
 * either direction. Of several seeds or settings the first counts.
 */
final class PreviewChoice {

  /** Frames where adaptation helps most, per evaluation set and model. */
  static final int GAINS = 3;

  /** Frames where it harms most. */
  static final int LOSSES = 2;

  static final String FIXED = Method.MAE_JOINT_TRAINING.id();

  /** What the fixed model is compared with: the first of these that there is. */
  static final List<String> ADAPTED =
      List.of(
          Method.ONLINE_TTT_MAE.id(),
          Method.EXPLICIT_MEMORY_ONLY.id(),
          Method.IMPLICIT_MEMORY_ONLY.id(),
          Method.TTT_MAE_NO_MEMORY.id(),
          Method.OFFLINE_TTT_MAE_ALL_FRAMES.id());

  /**
   * A frame's row.
   *
   * @param unitId the unit
   * @param frame index
   */
  record Place(String unitId, int frame) {}

  /**
   * One method's value in a frame.
   *
   * @param place its row
   * @param quality the task's metric, percent
   */
  private record Value(Place place, double quality) {}

  private record Scene(EvaluationSet set, String model, long trainingSeed) {

    boolean sameModel(Chosen other) {
      return set.equals(other.set()) && model.equals(other.model());
    }
  }

  private record Key(String video, int frame) {}

  /** The values of a frame by method. */
  private static final class Candidate {

    private final String name;
    private final Map<String, Value> byMethod = new LinkedHashMap<>();

    Candidate(String name) {
      this.name = name;
    }
  }

  /**
   * A frame that is shown.
   *
   * @param set what was evaluated
   * @param model label of the weights
   * @param video id within the data set
   * @param frame its name
   * @param method that the fixed model is compared with
   * @param fixed row of the fixed model
   * @param adapted row of the method
   * @param fixedQuality percent
   * @param adaptedQuality percent
   */
  record Chosen(
      EvaluationSet set,
      String model,
      String video,
      String frame,
      String method,
      Place fixed,
      Place adapted,
      double fixedQuality,
      double adaptedQuality) {

    double gain() {
      return adaptedQuality - fixedQuality;
    }
  }

  private final Map<Scene, Map<Key, Candidate>> scenes = new LinkedHashMap<>();

  /** Takes a row of {@link PreviewQueries#values}. */
  void add(Row row) {
    ResultKey key = ResultKey.of(row);
    Scene scene =
        new Scene(
            new EvaluationSet(key.dataset(), key.split(), key.task()),
            key.model(),
            row.<Long>getAs(MetricsSchema.TRAINING_SEED));
    int frame = row.getAs(MetricsSchema.FRAME_INDEX);
    Value value =
        new Value(
            new Place(row.getAs(MetricsSchema.UNIT_ID), frame), row.getAs(MetricsQueries.QUALITY));
    scenes
        .computeIfAbsent(scene, which -> new LinkedHashMap<>())
        .computeIfAbsent(
            new Key(row.getAs(MetricsQueries.VIDEO), frame),
            which -> new Candidate(row.getAs(MetricsSchema.FRAME_NAME)))
        .byMethod
        .putIfAbsent(key.method(), value);
  }

  /** The frames to show, per evaluation set and model by falling gain. */
  List<Chosen> chosen() {
    List<Chosen> all = new ArrayList<>();
    scenes.forEach(
        (scene, candidates) -> {
          // Of models that were trained with several seeds, the first that ran both.
          if (all.stream().noneMatch(scene::sameModel)) {
            all.addAll(chosen(scene, candidates));
          }
        });
    return all;
  }

  private static List<Chosen> chosen(Scene scene, Map<Key, Candidate> candidates) {
    for (String method : ADAPTED) {
      List<Chosen> both = new ArrayList<>();
      candidates.forEach(
          (key, candidate) -> {
            Value fixed = candidate.byMethod.get(FIXED);
            Value adapted = candidate.byMethod.get(method);
            if (fixed != null && adapted != null && fixed.quality() != adapted.quality()) {
              both.add(
                  new Chosen(
                      scene.set(),
                      scene.model(),
                      key.video(),
                      candidate.name,
                      method,
                      fixed.place(),
                      adapted.place(),
                      fixed.quality(),
                      adapted.quality()));
            }
          });
      if (!both.isEmpty()) {
        both.sort(Comparator.comparingDouble(Chosen::gain).reversed());
        List<Chosen> shown =
            new ArrayList<>(both.stream().filter(c -> c.gain() > 0).limit(GAINS).toList());
        List<Chosen> worse = both.stream().filter(c -> c.gain() < 0).toList();
        shown.addAll(worse.subList(Math.max(0, worse.size() - LOSSES), worse.size()));
        return shown;
      }
    }
    return List.of();
  }
}
