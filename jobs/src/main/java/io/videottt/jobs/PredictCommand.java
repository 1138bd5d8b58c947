package io.videottt.jobs;

import ai.djl.ndarray.NDScope;
import io.videottt.adaptation.FramePredictor;
import io.videottt.adaptation.WorkingSize;
import io.videottt.metrics.InvalidInputException;
import io.videottt.model.SegmentationModel;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
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
      "Writes OUTPUT/NAME.png (class ids) and OUTPUT/NAME-overlay.png (colours over the image)."
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
    WorkingSize size = height == 0 && width == 0 ? WorkingSize.own() : workingSize();
    Configuration hadoop = new Configuration();
    ImageFiles images = new ImageFiles(hadoop);
    List<Path> files = images.list(input);
    if (tensors != null && files.size() != 1) {
      throw new InvalidInputException(
          "--dump-tensors takes one image, but %s holds %d".formatted(input, files.size()));
    }
    ClassColours palette =
        colours == null
            ? ClassColours.palette()
            : ClassColours.of(catalog.open().definition(colours));
    try (SegmentationModel loaded =
        SegmentationModel.load(new Path(model), hadoop, DeviceChoice.resolve(device.device()))) {
      FramePredictor predictor = new FramePredictor(loaded, size);
      for (Path file : files) {
        predict(predictor, images, file, palette, hadoop);
      }
    }
    var out = spec.commandLine().getOut();
    out.printf("%d image(s) segmented; label maps and overlays in %s%n", files.size(), output);
    out.flush();
    return 0;
  }

  private WorkingSize workingSize() {
    if (height < 1 || width < 1) {
      throw new InvalidInputException(
          "--height %d --width %d: give both, each at least 1, or neither"
              .formatted(height, width));
    }
    return WorkingSize.fixed(height, width);
  }

  private void predict(
      FramePredictor predictor,
      ImageFiles images,
      Path file,
      ClassColours palette,
      Configuration hadoop) {
    var image = images.read(file);
    String name = ImageFiles.nameWithoutExtension(file);
    try (NDScope scope = new NDScope()) {
      scope.suppressNotUsedWarning();
      FramePredictor.Result result = predictor.predictWithTensors(image);
      images.writeLabels(new Path(output, name + ".png"), result.labels());
      images.writeOverlay(new Path(output, name + "-overlay.png"), image, result.labels(), palette);
      if (tensors != null) {
        PredictionTensors.write(new Path(tensors), hadoop, result.prediction());
      }
    }
  }
}
