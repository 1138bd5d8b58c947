package io.videottt.jobs;

import ai.djl.Device;
import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.FramePredictor;
import io.videottt.adaptation.WorkingSize;
import io.videottt.catalog.RgbImage;
import io.videottt.metrics.InvalidInputException;
import io.videottt.model.SegmentationModel;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.util.SerializableConfiguration;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Segments images with a fixed model. */
@Command(
    name = "predict",
    description = {
      "Segments an image, or every PNG and JPEG of a folder, with a fixed model.",
      "Writes OUTPUT/NAME.png (class ids) and OUTPUT/NAME-overlay.png (colours over the image).",
      "A folder is segmented with Spark; a file that cannot be read is named, the others go on."
    },
    footer = {
      "",
      "Example:",
      "  ./ttt predict --model conf/models/demo/joint --input street.png --output runs/street"
    })
final class PredictCommand implements Callable<Integer> {

  @Mixin private CommonOptions common;
  @Mixin private DeviceOption device;
  @Mixin private CatalogOptions catalog;
  @Mixin private SparkOptions spark;
  @Spec private CommandSpec spec;

  @Option(
      names = "--model",
      required = true,
      paramLabel = "DIR",
      description = "Model folder: config.json and model.safetensors; any Hadoop path.")
  private String model;

  @Option(
      names = "--input",
      required = true,
      paramLabel = "IMAGE_OR_DIR",
      description = "An image or a folder of images; any Hadoop path.")
  private String input;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "DIR",
      description = "Output folder; any Hadoop path.")
  private String output;

  @Option(
      names = "--height",
      defaultValue = "0",
      paramLabel = "H",
      description = "Rows that the network works at (default: the image's own size).")
  private int height;

  @Option(
      names = "--width",
      defaultValue = "0",
      paramLabel = "W",
      description = "Columns that the network works at (default: the image's own size).")
  private int width;

  @Option(
      names = "--colours",
      paramLabel = "DATASET",
      description = "Data set whose class colours the overlay uses (default: a palette).")
  private String colours;

  @Option(
      names = "--batch-size",
      defaultValue = "1",
      paramLabel = "N",
      description = {
        "Images of a folder that go through the network together (default: ${DEFAULT-VALUE}).",
        "More are faster on a GPU; pixels between two equally likely classes may change."
      })
  private int batchSize;

  @Option(
      names = "--dump-tensors",
      paramLabel = "FILE",
      description = {
        "Write the head's tensors to a safetensors file (one image only):",
        "class_queries_logits and masks_queries_logits, or logits for dense prediction."
      })
  private String tensors;

  @Override
  public Integer call() {
    DeviceChoice.check(device.device());
    requireBatchSize();
    WorkingSize size = height == 0 && width == 0 ? WorkingSize.own() : workingSize();
    Configuration hadoop = new Configuration();
    List<Path> files = new ImageFiles(hadoop).list(input);
    if (tensors != null && files.size() != 1) {
      throw new InvalidInputException(
          "--dump-tensors takes one image, but %s holds %d".formatted(input, files.size()));
    }
    ClassColours palette =
        colours == null
            ? ClassColours.palette()
            : ClassColours.of(catalog.open().definition(colours));
    PredictionOutput target =
        new PredictionOutput(output, palette, new SerializableConfiguration(hadoop));
    target.requireDistinct(files);
    List<String> failures =
        files.size() == 1
            ? predict(files.get(0), size, target, hadoop)
            : predict(files, target, hadoop);
    var out = spec.commandLine().getOut();
    out.printf(
        "%d image(s) segmented; label maps and overlays in %s%n",
        files.size() - failures.size(), output);
    out.flush();
    var err = spec.commandLine().getErr();
    failures.forEach(failure -> err.println("ttt: " + failure));
    err.flush();
    return failures.isEmpty() ? CommandLine.ExitCode.OK : CommandLine.ExitCode.SOFTWARE;
  }

  private void requireBatchSize() {
    if (batchSize < 1) {
      throw new InvalidInputException(
          "--batch-size is %d, must be at least 1".formatted(batchSize));
    }
  }

  private WorkingSize workingSize() {
    if (height < 1 || width < 1) {
      throw new InvalidInputException(
          "--height %d --width %d: give both, each at least 1, or neither"
              .formatted(height, width));
    }
    return WorkingSize.fixed(height, width);
  }

  /** One image, without Spark, whose start takes longer than the image. */
  private List<String> predict(
      Path file, WorkingSize size, PredictionOutput target, Configuration hadoop) {
    RgbImage image = new ImageFiles(hadoop).read(file);
    try (SegmentationModel loaded = load(hadoop, DeviceChoice.resolve(device.device()));
        NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      FramePredictor.Result result = new FramePredictor(loaded, size).predictWithTensors(image);
      target.write(file, image, result.labels());
      if (tensors != null) {
        PredictionTensors.write(new Path(tensors), hadoop, result.prediction());
      }
    }
    return List.of();
  }

  private List<String> predict(List<Path> files, PredictionOutput target, Configuration hadoop) {
    // A folder without a usable model is refused here, in one line, not by every task.
    load(hadoop, Device.cpu()).close();
    VideoSegmenter segmenter =
        new VideoSegmenter()
            .setModelUrl(model)
            .setDevice(device.device())
            .setHeight(height)
            .setWidth(width)
            .setBatchSize(batchSize);
    try (SparkSession session = SparkSessions.start("predict", spark)) {
      return new FolderPrediction(session, target).run(files, segmenter);
    }
  }

  private SegmentationModel load(Configuration hadoop, Device where) {
    return SegmentationModel.load(new Path(model), hadoop, where);
  }
}
