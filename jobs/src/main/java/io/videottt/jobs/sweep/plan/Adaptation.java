package io.videottt.jobs.sweep.plan;

import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * What runs, resumes and costs: one model on its way through one video by one method with its
 * settings, for all tasks at once.
 *
 * @param dataset name in the catalogue
 * @param split for example test
 * @param video id within the data set
 * @param frames number of frames
 * @param method what is done over the frames
 * @param variant name of the settings in tables; no part of the identity
 * @param settings everything configurable
 * @param seed the seed that the sweep file asks for
 * @param model label of the weights in tables; no part of the identity
 * @param trainingSeed seed that the weights were trained with, null where the sweep file does not
 *     tell; no part of the identity
 * @param modelFolder where the weights are; no part of the identity
 * @param modelFingerprint SHA-256 of the weights
 * @param trainingImages data set and split of the training images that a control uses, else empty
 * @param resultVersion what the numbers mean, see {@link ResultVersion}
 */
public record Adaptation(
    String dataset,
    String split,
    String video,
    int frames,
    Method method,
    String variant,
    AdaptationSettings settings,
    long seed,
    String model,
    Long trainingSeed,
    String modelFolder,
    String modelFingerprint,
    String trainingImages,
    int resultVersion)
    implements Serializable {

  /** The adaptation's results of a task. */
  public Unit unit(Task task) {
    return new Unit(this, task);
  }

  /**
   * A hash of what the adaptation depends on: equal ones have equal ids on every machine. Folders
   * of checkpoints are named by it. It is the hash of {@link #identity} for semantic segmentation,
   * which has named them from the beginning.
   */
  public String id() {
    return Sha256.id(canonical(Task.SEMANTIC));
  }

  /**
   * Everything that the adaptation and the results of any task of it depend on; those of
   * colorization depend on nothing that those of semantic segmentation do not.
   */
  public Map<String, String> identity() {
    Map<String, String> identity = new TreeMap<>();
    for (Task task : Task.segmentation()) {
      identity.put(task.id(), canonical(task));
    }
    return identity;
  }

  /** What the results of a task depend on: JSON, keys sorted. */
  String canonical(Task task) {
    Map<String, Object> identity = new TreeMap<>();
    identity.put("dataset", dataset);
    identity.put("method", method.id());
    identity.put("modelFingerprint", modelFingerprint);
    identity.put("resultVersion", resultVersion);
    if (method.dependsOnSeed(settings, task)) {
      identity.put("seed", seed);
    }
    identity.put("settings", method.canonical(settings, task));
    identity.put("split", split);
    identity.put("task", task.id());
    if (method.needs().trainingImages()) {
      identity.put("trainingImages", trainingImages);
    }
    identity.put("video", video);
    return Unit.json(identity);
  }

  /**
   * The seed of all random draws. It depends on the sweep's seed and the video only, so that
   * methods are compared under common random numbers.
   */
  public long randomSeed() {
    String text = "%d %s %s %s".formatted(seed, dataset, split, video);
    return ByteBuffer.wrap(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }
}
