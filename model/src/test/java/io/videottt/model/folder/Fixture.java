package io.videottt.model.folder;

import ai.djl.Device;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Safetensors;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.Map;
import org.apache.hadoop.conf.Configuration;

/** An independent implementation's network, inputs and results. */
public final class Fixture implements AutoCloseable {

  private final Path folder;
  private final NDManager manager = NDManager.newBaseManager(Device.cpu(), "PyTorch");
  private final Map<String, NDArray> inputs;
  private final Map<String, NDArray> expected;
  private final JsonNode description;

  public Fixture(Path folder) {
    this.folder = folder;
    inputs = tensors("input.safetensors");
    expected = tensors("expected.safetensors");
    try {
      description = new ObjectMapper().readTree(folder.resolve("fixture.json").toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, NDArray> tensors(String file) {
    return Safetensors.read(hadoopPath(folder.resolve(file)), new Configuration(), manager);
  }

  public static org.apache.hadoop.fs.Path hadoopPath(Path path) {
    return new org.apache.hadoop.fs.Path(path.toUri());
  }

  public String name() {
    return folder.getFileName().toString();
  }

  public SegmentationModel model() {
    return SegmentationModel.load(hadoopPath(folder), new Configuration(), Device.cpu());
  }

  /** [B, 3, H, W]. */
  public NDArray pixels() {
    return inputs.get("pixels");
  }

  /** [B, 1, H, W]. */
  public NDArray visible() {
    return inputs.get("visible");
  }

  public int height() {
    return (int) pixels().getShape().get(2);
  }

  public int width() {
    return (int) pixels().getShape().get(3);
  }

  public Map<String, NDArray> expected() {
    return expected;
  }

  /** The one step that the fixture holds; its weight decay is AdamW's, SGD's is plain. */
  public OptimizerSettings optimizer(OptimizerSettings.Kind kind) {
    JsonNode optimizer = description.path("optimizer");
    double multiplier = optimizer.path("encoder_multiplier").asDouble();
    double decay = optimizer.path("weight_decay").asDouble();
    double clip = optimizer.path("clip_norm").asDouble();
    return kind == OptimizerSettings.Kind.ADAMW
        ? OptimizerSettings.adamW(optimizer.path("lr").asDouble(), multiplier, decay, clip)
        : OptimizerSettings.sgd(optimizer.path("sgd_lr").asDouble(), multiplier, 0, clip);
  }

  @Override
  public void close() {
    manager.close();
  }
}
