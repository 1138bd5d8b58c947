package io.videottt.jobs;

import ai.djl.Device;
import io.videottt.adaptation.engine.EngineThread;
import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.adaptation.inference.FramePredictor;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.model.folder.SegmentationModel;
import java.awt.image.BufferedImage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import javax.imageio.ImageIO;
import org.apache.hadoop.conf.Configuration;

/** Frames of the embedded scenes, and what the shipped models say about them one by one. */
public final class StreetImages {

  public static final String MODEL = "../conf/models/demo/joint";
  public static final String MASK2FORMER = "../conf/models/demo-mask2former/joint";

  private StreetImages() {}

  /** Frames of [96, 160, 3], each of another part of the video. */
  public static List<RgbImage> frames(int count) {
    Video video =
        Catalog.builtIn()
            .open("embedded", Optional.empty(), new Configuration())
            .video("test", "test-dusk");
    List<RgbImage> frames = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      frames.add(video.read(i * 7).image());
    }
    return frames;
  }

  /** The upper left part of an image. */
  public static RgbImage crop(RgbImage image, int height, int width) {
    byte[] pixels = new byte[height * width * 3];
    for (int y = 0; y < height; y++) {
      System.arraycopy(image.pixels(), y * image.width() * 3, pixels, y * width * 3, width * 3);
    }
    return new RgbImage(height, width, pixels);
  }

  /** Runs {@code predict} on two cores. */
  public static TinySweep.Run predict(String model, Path input, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                "--model",
                model,
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--master",
                "local[2]"));
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  public static List<LabelMap> predicted(String model, List<RgbImage> images, WorkingSize size) {
    EngineThread.prepare(1);
    try (SegmentationModel loaded =
        SegmentationModel.load(
            new org.apache.hadoop.fs.Path(model), new Configuration(), Device.cpu())) {
      FramePredictor predictor = new FramePredictor(loaded, size);
      return images.stream().map(predictor::predict).toList();
    }
  }

  /** Writes an image; its name says the format. */
  public static Path write(RgbImage image, Path file) throws IOException {
    BufferedImage picture =
        new BufferedImage(image.width(), image.height(), BufferedImage.TYPE_INT_RGB);
    byte[] pixels = image.pixels();
    for (int i = 0; i < image.height() * image.width(); i++) {
      int rgb =
          (pixels[3 * i] & 0xff) << 16 | (pixels[3 * i + 1] & 0xff) << 8 | pixels[3 * i + 2] & 0xff;
      picture.setRGB(i % image.width(), i / image.width(), rgb);
    }
    String name = file.getFileName().toString();
    Files.createDirectories(file.getParent());
    ImageIO.write(picture, name.substring(name.lastIndexOf('.') + 1), file.toFile());
    return file;
  }
}
