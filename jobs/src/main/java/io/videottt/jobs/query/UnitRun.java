package io.videottt.jobs.query;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.videottt.adaptation.method.Method;
import io.videottt.adaptation.method.Methods;
import io.videottt.base.InvalidInputException;
import io.videottt.jobs.results.MetricsSchema;
import io.videottt.jobs.results.UnitFile;
import io.videottt.jobs.sweep.plan.ResultLabel;
import io.videottt.model.ReconstructionTarget;
import io.videottt.reports.OwnSettings;
import org.apache.spark.sql.Row;

/**
 * A unit as its rows tell it: what it is called, and what its numbers depend on.
 *
 * @param id of the unit
 * @param key the result that it belongs to by its names
 * @param trainingSeed seed that the weights were trained with, 0 where it is not told
 * @param seed of the adaptation's draws
 * @param video id within the data set
 * @param fingerprint SHA-256 of the weights
 * @param settings in canonical JSON
 * @param version result version; empty where its file does not tell
 * @param trainingImages that a control uses, else empty
 */
record UnitRun(
    String id,
    ResultKey key,
    long trainingSeed,
    long seed,
    String video,
    String fingerprint,
    String settings,
    String version,
    String trainingImages) {

  private static final JsonMapper MAPPER = new JsonMapper();

  /**
   * A row of {@link FrameQueries#units}.
   *
   * @param file that holds it, null where it is not known
   */
  static UnitRun of(Row row, UnitFile file) {
    return new UnitRun(
        row.getAs(MetricsSchema.UNIT_ID),
        ResultKey.of(row),
        row.getAs(MetricsSchema.TRAINING_SEED) == null
            ? 0
            : row.<Long>getAs(MetricsSchema.TRAINING_SEED),
        row.<Long>getAs(MetricsSchema.SEED),
        row.getAs(MetricsSchema.VIDEO),
        row.getAs(MetricsSchema.MODEL_FINGERPRINT),
        row.getAs(MetricsSchema.SETTINGS),
        file == null ? "" : file.version(),
        file == null ? "" : file.trainingImages());
  }

  /** The same unit under another name. */
  UnitRun named(String model, long otherTrainingSeed, String variant) {
    return new UnitRun(
        id,
        new ResultKey(key.dataset(), key.split(), key.task(), model, key.method(), variant),
        otherTrainingSeed,
        seed,
        video,
        fingerprint,
        settings,
        version,
        trainingImages);
  }

  /** Under a name that tells a reconstruction target other than the paper's, which is ours. */
  UnitRun marked() {
    try {
      String target = MAPPER.readTree(settings).path("reconstructionTarget").asText("");
      return target.isEmpty() || target.equals(ReconstructionTarget.PIXELS.id())
          ? this
          : withVariant(OwnSettings.marked(key.variant(), target));
    } catch (JsonProcessingException e) {
      throw new InvalidInputException("results: settings are no JSON: " + settings, e);
    }
  }

  UnitRun withModel(String model) {
    return named(model, trainingSeed, key.variant());
  }

  UnitRun withVariant(String variant) {
    return named(key.model(), trainingSeed, variant);
  }

  /** Whether the unit's method takes steps; of one that is not known here it does. */
  boolean trains() {
    return Methods.find(key.method()).map(Method::trains).orElse(true);
  }

  ResultLabel label() {
    return new ResultLabel(id, key.model(), trainingSeed, key.variant());
  }
}
