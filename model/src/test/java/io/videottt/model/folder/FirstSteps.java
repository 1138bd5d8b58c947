package io.videottt.model.folder;

import ai.djl.Device;
import ai.djl.engine.Engine;
import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDScope;
import ai.djl.pytorch.jni.JniUtils;
import io.videottt.model.FeatureMaps;
import io.videottt.model.Parameter;
import io.videottt.model.Part;
import io.videottt.model.Prediction;
import io.videottt.model.ReconstructionLoss;
import io.videottt.model.tensor.Autograd;
import io.videottt.model.tensor.ImageTensors;
import io.videottt.model.tensor.PatchMask;
import io.videottt.model.tensor.Transfers;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A process whose threads take their first steps at the same moment, each with a model of its own:
 * for image sizes that the process has not met, a reconstruction with its gradients and a
 * prediction. Prints a line for every thread and size, {@code size loss digest}, with which runs
 * are compared bit for bit.
 *
 * <p>Arguments: the model's folder, the number of threads, the number of sizes.
 */
final class FirstSteps {

  private static final int BATCH = 2;
  private static final int MASK_PATCH = 8;
  private static final double MASK_RATIO = 0.8;

  private final Path folder;
  private final int sizes;
  private final Meeting meeting;

  private FirstSteps(Path folder, int sizes, int threads) {
    this.folder = folder;
    this.sizes = sizes;
    this.meeting = new Meeting(threads);
  }

  /** Runs the process. */
  public static void main(String[] arguments) throws Exception {
    int threads = Integer.parseInt(arguments[1]);
    Engine.getEngine("PyTorch");
    FirstSteps steps =
        new FirstSteps(new Path(arguments[0]), Integer.parseInt(arguments[2]), threads);
    ExecutorService pool = Executors.newFixedThreadPool(threads);
    List<Future<List<String>>> lines = new ArrayList<>();
    for (int thread = 0; thread < threads; thread++) {
      lines.add(pool.submit(steps::run));
    }
    try {
      for (Future<List<String>> ofThread : lines) {
        ofThread.get().forEach(System.out::println);
      }
    } catch (ExecutionException e) {
      // The others would wait for this thread for ever.
      e.printStackTrace();
      System.exit(1);
    }
    pool.shutdown();
  }

  private List<String> run() throws Exception {
    JniUtils.setGradMode(false);
    JniUtils.setNumThreads(1);
    List<String> lines = new ArrayList<>();
    try (SegmentationModel model =
        SegmentationModel.load(folder, new Configuration(), Device.cpu())) {
      for (int size = 0; size < sizes; size++) {
        lines.add(step(model, 64 + 32 * (size % 4), 96 + 32 * (size / 4)));
      }
    }
    return lines;
  }

  private String step(SegmentationModel model, int height, int width) throws Exception {
    Random random = new Random(height * 1000L + width);
    List<byte[]> images = new ArrayList<>();
    for (int image = 0; image < BATCH; image++) {
      byte[] pixels = new byte[height * width * ImageTensors.COLOURS];
      random.nextBytes(pixels);
      images.add(pixels);
    }
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      NDArray normalised = ImageTensors.normalise(model.manager(), images, height, width);
      NDArray visible =
          new PatchMask(MASK_PATCH, MASK_RATIO).draw(random, model.manager(), BATCH, height, width);
      List<Parameter> trained = model.parameters().select(Part.ENCODER, Part.RECONSTRUCTION);
      model.parameters().train(trained);
      meeting.await();
      NDArray loss =
          Autograd.backward(
              () -> {
                NDArray value =
                    ReconstructionLoss.ofPixels(false).of(model.network(), normalised, visible);
                meeting.await();
                return value;
              });
      for (Parameter parameter : trained) {
        try (NDArray gradient = parameter.value().getGradient()) {
          digest.update(gradient.toByteBuffer());
          gradient.subi(gradient);
        }
      }
      FeatureMaps features = model.network().encode(ImageTensors.unmasked(normalised));
      Prediction prediction = model.network().predict(features);
      digest.update(model.network().semanticScores(prediction, height, width).toByteBuffer());
      return "%dx%d %s %s"
          .formatted(
              height, width, Transfers.number(loss), HexFormat.of().formatHex(digest.digest()));
    }
  }

  /** Lets threads go on in the same microsecond, which no lock of the Java library does. */
  private static final class Meeting {

    private final int threads;
    private final AtomicInteger arrived = new AtomicInteger();

    Meeting(int threads) {
      this.threads = threads;
    }

    void await() {
      int all = (arrived.getAndIncrement() / threads + 1) * threads;
      while (arrived.get() < all) {
        Thread.yield();
      }
    }
  }
}
