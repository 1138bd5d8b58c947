package io.videottt.jobs.sweep.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.settings.Method;
import io.videottt.adaptation.stream.TaskOutcome;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.jobs.data.DataIds;
import io.videottt.jobs.runtime.MachineLoad;
import java.io.Serializable;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.TreeMap;

/**
 * The smallest piece of a sweep: one method with its settings on one video, for one task.
 *
 * @param dataset name in the catalogue
 * @param split for example test
 * @param task what is predicted
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
public record Unit(
    String dataset,
    String split,
    Task task,
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

  /** Key of the seconds that a unit's frames took, in its description. */
  public static final String SECONDS = "seconds";

  private static final JsonMapper MAPPER = JsonMapper.builder().addModule(new Jdk8Module()).build();

  /** The same unit for another task. */
  public Unit withTask(Task other) {
    return new Unit(
        dataset,
        split,
        other,
        video,
        frames,
        method,
        variant,
        settings,
        seed,
        model,
        trainingSeed,
        modelFolder,
        modelFingerprint,
        trainingImages,
        resultVersion);
  }

  /**
   * A hash of exactly what the result depends on: equal units have equal ids on every machine, and
   * a label, a path or the number of frames changes nothing.
   */
  public String id() {
    return Sha256.id(canonical());
  }

  /** The canonical form that the id is a hash of: JSON, keys sorted. */
  String canonical() {
    Map<String, Object> identity = new TreeMap<>();
    identity.put("dataset", dataset);
    identity.put("method", method.id());
    identity.put("modelFingerprint", modelFingerprint);
    identity.put("resultVersion", resultVersion);
    if (settings.dependsOnSeed(method, task)) {
      identity.put("seed", seed);
    }
    identity.put("settings", settings.canonical(method, task));
    identity.put("split", split);
    identity.put("task", task.id());
    if (method.needsTrainingImages()) {
      identity.put("trainingImages", trainingImages);
    }
    identity.put("video", video);
    return json(identity);
  }

  /** The id that all units share which differ in the task only: they have one adaptation. */
  public String adaptationId() {
    return withTask(Task.SEMANTIC).id();
  }

  /** Everything that the adaptation and the results of any task of it depend on. */
  public Map<String, String> adaptationIdentity() {
    Map<String, String> identity = new TreeMap<>();
    for (Task each : Task.values()) {
      identity.put(each.id(), withTask(each).canonical());
    }
    return identity;
  }

  /**
   * The seed of the unit's random draws. It depends on the sweep's seed and the video only, so that
   * methods are compared under common random numbers.
   */
  public long randomSeed() {
    String text = "%d %s %s %s".formatted(seed, dataset, split, video);
    return ByteBuffer.wrap(Sha256.digest().digest(text.getBytes(StandardCharsets.UTF_8))).getLong();
  }

  /**
   * Everything about the unit, for people: what {@code units/} and the file footers hold.
   *
   * @param outcome how it ended
   * @param seconds of all its frames together
   * @param load of the machine when it ended, without which its seconds say little
   * @param data what it was computed on
   */
  public String description(TaskOutcome outcome, double seconds, MachineLoad load, DataIds data) {
    Map<String, Object> all = facts(data);
    all.put("outcome", outcome);
    all.put(SECONDS, seconds);
    all.put("load", load);
    return json(all);
  }

  /** As above, before it has ended. */
  public String description(DataIds data) {
    return json(facts(data));
  }

  /** The same, where its data is not known. */
  public String description() {
    return description(DataIds.UNKNOWN);
  }

  private Map<String, Object> facts(DataIds data) {
    Map<String, Object> all = new TreeMap<>();
    all.put("unit_id", id());
    all.put("dataset", dataset);
    all.put("split", split);
    all.put("task", task.id());
    all.put("video", video);
    all.put("frames", frames);
    all.put("method", method.id());
    all.put("variant", variant);
    all.put("settings", settings);
    all.put("seed", seed);
    all.put("model", model);
    if (trainingSeed != null) {
      all.put("training_seed", trainingSeed);
    }
    all.put("model_folder", modelFolder);
    all.put("model_fingerprint", modelFingerprint);
    all.put("training_images", trainingImages);
    if (!data.video().isEmpty()) {
      all.put("data", data.video());
    }
    if (!data.training().isEmpty()) {
      all.put("training_data", data.training());
    }
    all.put("result_version", resultVersion);
    return all;
  }

  private static String json(Map<String, Object> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values is always JSON", e);
    }
  }
}
