package io.videottt.jobs;

import java.awt.image.BufferedImage;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntBinaryOperator;
import javax.imageio.ImageIO;

/** Two small frames of every task, right as they are, for tests to spoil. */
public final class EvaluationFiles {

  public static final int WIDTH = 8;
  public static final int HEIGHT = 6;

  private static final String CATEGORIES =
      "\"categories\": [{\"id\": 3, \"name\": \"car\", \"isthing\": 1},"
          + " {\"id\": 7, \"name\": \"road\", \"isthing\": 0}]";
  private static final String IMAGES =
      "\"images\": [{\"id\": 1, \"file_name\": \"a.png\", \"width\": 8, \"height\": 6},"
          + " {\"id\": 2, \"file_name\": \"b.png\", \"width\": 8, \"height\": 6}]";

  private final Path folder;

  public EvaluationFiles(Path folder) {
    this.folder = folder;
    for (String frame : List.of("a", "b")) {
      for (String side : List.of("gt", "pred")) {
        gray(side + "/" + frame + ".png", WIDTH, HEIGHT, (x, y) -> x / 4);
        colour(side + "-masks/" + frame + ".png", WIDTH, HEIGHT, (x, y) -> x < 4 ? 500 : 70_000);
      }
    }
    String segments =
        "[{\"id\": 500, \"category_id\": 3, \"area\": 24}, {\"id\": 70000, \"category_id\": 7}]";
    String annotations =
        "\"annotations\": [{\"image_id\": 1, \"file_name\": \"a.png\", \"segments_info\": "
            + segments
            + "}, {\"image_id\": 2, \"file_name\": \"b.png\", \"segments_info\": "
            + segments
            + "}]";
    write("gt-panoptic.json", "{" + String.join(", ", annotations, IMAGES, CATEGORIES) + "}");
    write("pred-panoptic.json", "{" + annotations + "}");
    String runs = "{\"size\": [6, 8], \"counts\": [6, 12, 30]}";
    write(
        "gt-instance.json",
        "{\"annotations\": [{\"id\": 11, \"image_id\": 1, \"category_id\": 3, \"iscrowd\": 0,"
            + " \"area\": 12, \"ignore\": 1, \"segmentation\": "
            + runs
            + "}], "
            + IMAGES
            + ", "
            + CATEGORIES
            + "}");
    write(
        "pred-instance.json",
        "[{\"image_id\": 1, \"category_id\": 3, \"score\": 0.5, \"segmentation\": "
            + runs
            + "}, {\"image_id\": 2, \"category_id\": 7, \"score\": 0.25, \"segmentation\":"
            + " [[1, 1, 5, 1, 5, 4, 1, 4]]}]");
  }

  public Path path(String name) {
    return folder.resolve(name);
  }

  void write(String name, String text) {
    try {
      Files.writeString(path(name), text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Replaces a passage that occurs in a file, everywhere in it. */
  void replace(String name, String old, String with) {
    try {
      String text = Files.readString(path(name));
      if (!text.contains(old)) {
        throw new IllegalArgumentException("%s is not in %s".formatted(old, name));
      }
      write(name, text.replace(old, with));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void delete(String name) {
    try {
      Files.delete(path(name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  void gray(String name, int width, int height, IntBinaryOperator label) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_BYTE_GRAY);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        image.getRaster().setSample(x, y, 0, label.applyAsInt(x, y));
      }
    }
    write(name, image);
  }

  /** A panoptic map: red + 256 green + 65536 blue is the id. */
  public void colour(String name, int width, int height, IntBinaryOperator id) {
    BufferedImage image = new BufferedImage(width, height, BufferedImage.TYPE_INT_RGB);
    for (int y = 0; y < height; y++) {
      for (int x = 0; x < width; x++) {
        int value = id.applyAsInt(x, y);
        image.setRGB(x, y, (value & 0xff) << 16 | value & 0xff00 | value >> 16);
      }
    }
    write(name, image);
  }

  private void write(String name, BufferedImage image) {
    try {
      Files.createDirectories(path(name).getParent());
      ImageIO.write(image, "png", path(name).toFile());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  EvaluationCommandRun semantic(String... more) {
    return run(
        more,
        "semantic",
        "--ground-truth",
        path("gt").toString(),
        "--predictions",
        path("pred").toString(),
        "--num-classes",
        "2");
  }

  EvaluationCommandRun panoptic(String... more) {
    return run(
        more,
        "panoptic",
        "--ground-truth",
        path("gt-panoptic.json").toString(),
        "--ground-truth-masks",
        path("gt-masks").toString(),
        "--predictions",
        path("pred-panoptic.json").toString(),
        "--prediction-masks",
        path("pred-masks").toString());
  }

  EvaluationCommandRun instance(String... more) {
    return run(
        more,
        "instance",
        "--ground-truth",
        path("gt-instance.json").toString(),
        "--predictions",
        path("pred-instance.json").toString());
  }

  private EvaluationCommandRun run(String[] more, String... arguments) {
    List<String> all = new ArrayList<>(List.of(arguments));
    all.addAll(List.of(more));
    return EvaluationCommandRun.of(path("result.json"), all);
  }
}
