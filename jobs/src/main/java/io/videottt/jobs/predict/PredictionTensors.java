package io.videottt.jobs.predict;

import ai.djl.ndarray.NDArray;
import io.videottt.model.Prediction;
import io.videottt.model.tensor.Safetensors;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Writes a head's tensors under the names that Hugging Face gives them. */
public final class PredictionTensors {

  private PredictionTensors() {}

  public static void write(Path file, Configuration hadoop, Prediction prediction) {
    Safetensors.write(file, hadoop, named(prediction));
  }

  private static Map<String, NDArray> named(Prediction prediction) {
    if (prediction instanceof Prediction.Queries queries) {
      return Map.of(
          "class_queries_logits", queries.classLogits(),
          "masks_queries_logits", queries.maskLogits());
    }
    if (prediction instanceof Prediction.Dense dense) {
      return Map.of("logits", dense.logits());
    }
    if (prediction instanceof Prediction.Chroma chroma) {
      return Map.of("chroma", chroma.patches());
    }
    throw new IllegalStateException("a prediction is one of three kinds");
  }
}
