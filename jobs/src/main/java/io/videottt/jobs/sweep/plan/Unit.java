package io.videottt.jobs.sweep.plan;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jdk8.Jdk8Module;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.adaptation.stream.TaskOutcome;
import io.videottt.base.Sha256;
import io.videottt.base.Task;
import io.videottt.jobs.data.DataIds;
import io.videottt.jobs.runtime.MachineLoad;
import java.io.Serializable;
import java.util.Map;
import java.util.TreeMap;

/**
 * The smallest piece of a sweep that has results: what an adaptation says of one task.
 *
 * @param adaptation what runs
 * @param task what is predicted
 */
public record Unit(Adaptation adaptation, Task task) implements Serializable {

  /** Key of the seconds that a unit's frames took, in its description. */
  public static final String SECONDS = "seconds";

  private static final JsonMapper MAPPER = JsonMapper.builder().addModule(new Jdk8Module()).build();

  /** As the adaptation has it. */
  public String dataset() {
    return adaptation.dataset();
  }

  /** As the adaptation has it. */
  public String split() {
    return adaptation.split();
  }

  /** As the adaptation has it. */
  public String video() {
    return adaptation.video();
  }

  /** As the adaptation has it. */
  public int frames() {
    return adaptation.frames();
  }

  /** As the adaptation has it. */
  public Method method() {
    return adaptation.method();
  }

  /** As the adaptation has it. */
  public String variant() {
    return adaptation.variant();
  }

  /** As the adaptation has it. */
  public AdaptationSettings settings() {
    return adaptation.settings();
  }

  /** As the adaptation has it. */
  public long seed() {
    return adaptation.seed();
  }

  /** As the adaptation has it. */
  public String model() {
    return adaptation.model();
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
    return adaptation.canonical(task);
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
    all.put("dataset", adaptation.dataset());
    all.put("split", adaptation.split());
    all.put("task", task.id());
    all.put("video", adaptation.video());
    all.put("frames", adaptation.frames());
    all.put("method", adaptation.method().id());
    all.put("variant", adaptation.variant());
    all.put("settings", adaptation.settings());
    all.put("seed", adaptation.seed());
    all.put("model", adaptation.model());
    if (adaptation.trainingSeed() != null) {
      all.put("training_seed", adaptation.trainingSeed());
    }
    all.put("model_folder", adaptation.modelFolder());
    all.put("model_fingerprint", adaptation.modelFingerprint());
    all.put("training_images", adaptation.trainingImages());
    if (!data.video().isEmpty()) {
      all.put("data", data.video());
    }
    if (!data.training().isEmpty()) {
      all.put("training_data", data.training());
    }
    all.put("result_version", adaptation.resultVersion());
    return all;
  }

  /** A map of plain values as JSON. */
  static String json(Map<String, Object> value) {
    try {
      return MAPPER.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a map of plain values is always JSON", e);
    }
  }
}
