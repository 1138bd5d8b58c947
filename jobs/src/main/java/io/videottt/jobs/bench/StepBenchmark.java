package io.videottt.jobs.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.InvalidInputException;
import io.videottt.model.Parameter;
import io.videottt.model.Parameters;
import io.videottt.model.Part;
import io.videottt.model.Prediction;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.folder.SegmentationModel;
import io.videottt.model.optimizer.Optimizer;
import io.videottt.model.optimizer.OptimizerSettings;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.DeviceSum;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import io.videottt.model.tensor.Precision;
import io.videottt.model.tensor.Safetensors;
import io.videottt.model.tensor.TransferCount;
import io.videottt.model.tensor.Transfers;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** The parts of an online step on random images, each run on its own and one after another. */
public final class StepBenchmark {

  private static final Part[] ADAPTED = {Part.ENCODER, Part.RECONSTRUCTION};
  private static final int WARM_UP = 3;
  private static final double NANOS_PER_MILLISECOND = 1e6;
  private static final double BYTES_PER_MEGABYTE = 1e6;

  private final SegmentationModel model;
  private final int height;
  private final int width;
  private final int batch;
  private final Precision precision;
  private final int repetitions;
  private final Path scratch;
  private final Configuration hadoop;
  private final RandomGenerator random = new SplittableRandom(1);
  private final byte[] image;

  /**
   * @param precision that the network computes in
   * @param scratch folder of the measured checkpoints, which stay there
   */
  public StepBenchmark(
      SegmentationModel model,
      int height,
      int width,
      int batch,
      Precision precision,
      int repetitions,
      Path scratch,
      Configuration hadoop) {
    if (!model.hasReconstruction()) {
      throw new InvalidInputException(
          "the model has no reconstruction.safetensors; give the joint model's folder");
    }
    this.model = model;
    this.height = height;
    this.width = width;
    this.batch = batch;
    this.precision = precision;
    this.repetitions = repetitions;
    this.scratch = scratch;
    this.hadoop = hadoop;
    this.image = new byte[height * width * 3];
    for (int i = 0; i < image.length; i++) {
      image[i] = (byte) random.nextInt(256);
    }
  }

  /** Medians by name, in milliseconds. */
  public Map<String, Double> milliseconds() {
    return precision.within(this::medians);
  }

  /**
   * What goes between the host and the device in an online step, and how often the host waits for
   * the device; on a CPU as it would be with a device of its own memory.
   */
  public Map<String, Double> transfers() {
    TransferCount count = new TransferCount();
    precision.within(
        () -> {
          try (Optimizer optimizer = Optimizer.create(settings(), adapted())) {
            return Transfers.observed(
                count,
                () -> {
                  online(optimizer);
                  return null;
                });
          }
        });
    TransferCount.Sums sums = count.take();
    Map<String, Double> counts = new LinkedHashMap<>();
    counts.put("online_step_waits", (double) sums.waits());
    counts.put("online_step_mb_up", sums.up() / BYTES_PER_MEGABYTE);
    counts.put("online_step_mb_down", sums.down() / BYTES_PER_MEGABYTE);
    return counts;
  }

  private OptimizerSettings settings() {
    return OptimizerSettings.adamW(AdaptationSettings.released().learningRate(), 0.1, 0.05, 0.01)
        .withPrecision(precision);
  }

  private List<Parameter> adapted() {
    return model.parameters().select(ADAPTED);
  }

  private void online(Optimizer optimizer) {
    reconstruct(optimizer);
    optimizer.step().loss();
    forward();
  }

  private Map<String, Double> medians() {
    Map<String, Double> medians = new LinkedHashMap<>();
    try (Optimizer optimizer = Optimizer.create(settings(), adapted())) {
      medians.put("forward", median(() -> time(this::forward)));
      medians.put(
          "reconstruction_forward_backward",
          median(
              () -> {
                double elapsed = time(() -> reconstructAndWait(optimizer));
                optimizer.zeroGradients();
                return elapsed;
              }));
      medians.put(
          "optimizer_step",
          median(
              () -> {
                reconstructAndWait(optimizer);
                return time(() -> optimizer.step().loss());
              }));
      medians.put("online_step", median(() -> time(() -> online(optimizer))));
      medians.put("checkpoint_write", median(() -> time(() -> writeCheckpoint(optimizer))));
    }
    return medians;
  }

  /** The tensors of an interrupted unit, as {@code AdaptationCheckpoints} writes them. */
  private void writeCheckpoint(Optimizer optimizer) {
    Map<String, NDArray> adapted = Parameters.values(model.parameters().select(ADAPTED));
    Safetensors.write(new Path(scratch, "parameters.safetensors"), hadoop, adapted);
    Safetensors.write(new Path(scratch, "optimizer.safetensors"), hadoop, optimizer.state());
  }

  private interface Measurement {
    double run();
  }

  private double median(Measurement measurement) {
    for (int i = 0; i < WARM_UP; i++) {
      measurement.run();
    }
    double[] times = new double[repetitions];
    for (int i = 0; i < repetitions; i++) {
      times[i] = measurement.run();
    }
    Arrays.sort(times);
    return repetitions % 2 == 1
        ? times[repetitions / 2]
        : (times[repetitions / 2 - 1] + times[repetitions / 2]) / 2;
  }

  private static double time(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) / NANOS_PER_MILLISECOND;
  }

  private void forward() {
    Autograd.withoutGradient(
        () -> {
          try (NDScope scope = new NDScope()) {
            scope.suppressNotUsedWarning();
            NDArray images = ImageTensors.normalise(model.manager(), List.of(image), height, width);
            Prediction prediction =
                model.network().predict(model.network().encode(ImageTensors.unmasked(images)));
            // Reading a value waits for the device.
            List<NDArray> tensors = prediction.tensors();
            return Transfers.number(tensors.get(tensors.size() - 1).flatten().get(0));
          }
        });
  }

  /** Reads the loss behind the gradients, which waits for both. */
  private void reconstructAndWait(Optimizer optimizer) {
    try (DeviceSum loss = new DeviceSum(model.manager())) {
      reconstruct(optimizer, loss);
      Transfers.doubles(loss.tensor());
    }
  }

  private void reconstruct(Optimizer optimizer, DeviceSum... losses) {
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      List<byte[]> images = new ArrayList<>(Collections.nCopies(batch, image));
      NDArray normalised = ImageTensors.normalise(model.manager(), images, height, width);
      NDArray visible = PatchMask.draw(random, model.manager(), batch, height, width, 16, 0.8);
      optimizer.backward(
          () -> ReconstructionLoss.ofPixels(false).of(model.network(), normalised, visible),
          1,
          losses);
    }
  }
}
