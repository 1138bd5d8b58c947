package io.videottt.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.jobs.StreetImages;
import io.videottt.jobs.TinySweep;
import io.videottt.jobs.drawing.ClassColours;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PredictTest {

  @TempDir private Path folder;
  private Path images;
  private Path output;

  @BeforeEach
  void writeImages() throws IOException {
    images = folder.resolve("images");
    output = folder.resolve("output");
    List<RgbImage> frames = StreetImages.frames(3);
    StreetImages.write(frames.get(0), images.resolve("a [0].png"));
    StreetImages.write(frames.get(1), images.resolve("b.jpg"));
    StreetImages.write(StreetImages.crop(frames.get(2), 64, 96), images.resolve("c.PNG"));
    Files.writeString(images.resolve("notes.txt"), "not an image");
  }

  private TinySweep.Run predict(Path input, Path output, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "predict",
                "--model",
                StreetImages.MODEL,
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--master",
                "local[2]",
                // A few rows are read faster than code for them is compiled.
                "--conf",
                "spark.sql.codegen.wholeStage=false",
                "--conf",
                "spark.sql.codegen.factoryMode=NO_CODEGEN"));
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  private static LabelMap labels(Path file) throws IOException {
    return ImageDecoder.decodeLabels(
        Files.readAllBytes(file), file.toString(), LabelEncoding.SINGLE_CHANNEL);
  }

  @Test
  void aFolderGivesThePixelsThatEachImageGivesAlone() throws IOException {
    TinySweep.Run run = predict(images, output);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out())
        .isEqualTo(
            ("3 images segmented; label maps and overlays in %s%n"
                    + "1 other file(s) or folder(s) in %s are no .png, .jpg, .jpeg or video and were"
                    + " left out, for example notes.txt%n")
                .formatted(output, images));
    assertThat(TinySweep.visibleFiles(output))
        .containsExactly(
            "a [0]-overlay.png", "a [0].png", "b-overlay.png", "b.png", "c-overlay.png", "c.png");
    for (String name : List.of("a [0].png", "b.jpg", "c.PNG")) {
      Path alone = folder.resolve("alone");
      assertThat(predict(images.resolve(name), alone).status()).isZero();
    }
    for (String file : TinySweep.visibleFiles(output)) {
      assertThat(output.resolve(file))
          .hasSameBinaryContentAs(folder.resolve("alone").resolve(file));
    }
  }

  @Test
  void aFileInTheOutputsPlaceIsRefusedBeforeAnythingIsPredicted() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "text");

    TinySweep.Run run = predict(images.resolve("b.jpg"), file);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err())
        .isEqualTo("ttt: %s is a file, not a folder; choose another --output%n".formatted(file));
    assertThat(file).hasContent("text");
    assertThat(predict(images.resolve("b.jpg"), output, "--dump-tensors", images.toString()).err())
        .contains("is a folder, not a file; choose another --dump-tensors");
    assertThat(output).doesNotExist();
  }

  @Test
  void aModelForColoursSaysWhichTaskItIsFor() throws IOException {
    TinySweep tiny = TinySweep.create(folder.resolve("tiny"), 1);
    tiny.configOfColorization("methods: [{method: mae-joint-training}]\n");
    String chroma = folder.resolve("tiny/chroma").toString();

    for (Path input : List.of(images, images.resolve("b.jpg"))) {
      for (String task : List.of("semantic", "panoptic")) {
        TinySweep.Run run =
            TinySweep.run(
                "predict",
                "--model",
                chroma,
                "--task",
                task,
                "--input",
                input.toString(),
                "--output",
                output.toString(),
                "--master",
                "local[1]");
        assertThat(run.status()).isEqualTo(1);
        assertThat(run.err())
            .isEqualTo(
                "ttt: the model in %s was not trained for %s segmentation; give --task colorization, or another --model%n"
                    .formatted(chroma, task));
      }
    }
    assertThat(predict(images.resolve("b.jpg"), output, "--task", "colorization").err())
        .contains("was not trained for colorization; give --task semantic");
    assertThat(output).doesNotExist();
  }

  @Test
  void halfPrecisionIsTheSameAloneAndInAFolderAndNearlyTheSameAsSingle() throws IOException {
    Path half = folder.resolve("half");
    assertThat(predict(images, half, "--precision", "bf16").status()).isZero();
    Path alone = folder.resolve("alone");
    assertThat(predict(images.resolve("b.jpg"), alone, "--precision", "bf16").status()).isZero();
    assertThat(half.resolve("b.png")).hasSameBinaryContentAs(alone.resolve("b.png"));

    Path single = folder.resolve("single");
    assertThat(predict(images.resolve("b.jpg"), single).status()).isZero();
    byte[] wanted = labels(single.resolve("b.png")).labels();
    byte[] given = labels(half.resolve("b.png")).labels();
    int other = 0;
    for (int pixel = 0; pixel < wanted.length; pixel++) {
      other += wanted[pixel] == given[pixel] ? 0 : 1;
    }
    assertThat(other).isBetween(1, wanted.length / 50);
  }

  @Test
  void labelsAreTheFramePredictorsAndTheOverlayMixesColours() throws IOException {
    RgbImage frame = StreetImages.frames(1).get(0);
    Path image = images.resolve("a [0].png");
    LabelMap expected =
        StreetImages.predicted(StreetImages.MODEL, List.of(frame), WorkingSize.own()).get(0);

    TinySweep.Run run = predict(image, output, "--colours", "embedded");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(labels(output.resolve("a [0].png")).labels()).isEqualTo(expected.labels());
    RgbImage overlay =
        ImageDecoder.decodeColour(
            Files.readAllBytes(output.resolve("a [0]-overlay.png")), "overlay");
    int[] colours = ClassColours.of(Catalog.builtIn().definition("embedded")).rgb();
    for (int pixel = 0; pixel < expected.labels().length; pixel++) {
      int red = colours[expected.labels()[pixel]] >> 16;
      assertThat(overlay.pixels()[3 * pixel] & 0xff)
          .isEqualTo((red + (frame.pixels()[3 * pixel] & 0xff)) / 2);
    }
  }

  @Test
  void aBrokenFileIsNamedAndTheOthersAreSegmented() throws IOException {
    Path broken = images.resolve("broken.png");
    Files.write(broken, Arrays.copyOf(Files.readAllBytes(images.resolve("a [0].png")), 200));

    TinySweep.Run run = predict(images, output);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).startsWith("ttt: ").contains(broken.toString());
    assertThat(run.out()).startsWith("3 images segmented");
    assertThat(TinySweep.visibleFiles(output)).hasSize(6).noneMatch(file -> file.contains("brok"));
  }

  @Test
  void imagesWhoseNamesDifferInTheExtensionOnlyHaveResultsOfTheirOwn() throws IOException {
    Files.copy(images.resolve("b.jpg"), images.resolve("c.jpeg"));
    Files.delete(images.resolve("b.jpg"));
    Files.delete(images.resolve("a [0].png"));

    TinySweep.Run run = predict(images, output);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(output))
        .containsExactly("c.PNG-overlay.png", "c.PNG.png", "c.jpeg-overlay.png", "c.jpeg.png");
    assertThat(run.out())
        .startsWith("2 images segmented")
        .contains(
            "2 images with a name that differs in the extension only", "for example c.PNG.png");
  }

  @Test
  void resultsNeverHaveTheNameOfAnothers() {
    assertThat(names("a.png", "a.jpg", "b.png")).containsExactly("a.png", "a.jpg", "b");
    assertThat(names("a.png", "a-overlay.png", "a-overlay-overlay.jpg"))
        .containsExactly("a.png", "a-overlay.png", "a-overlay-overlay.jpg");
    assertThat(names("a.png", "a.jpg", "a.png.png")).containsExactly("a.png", "a.jpg", "a.png.png");
    assertThat(names("a.png", "a.PNG", "A.png")).containsExactly("a.png", "a.PNG", "A");
  }

  private static List<String> names(String... images) {
    List<org.apache.hadoop.fs.Path> paths =
        Arrays.stream(images).map(org.apache.hadoop.fs.Path::new).toList();
    ResultNames names = ResultNames.of(paths);
    return paths.stream().map(names::of).toList();
  }

  @Test
  void case06ANameWithAColonIsSegmentedAndABrokenLinkIsNamed() throws IOException {
    Files.move(images.resolve("b.jpg"), images.resolve("2023-05-01T12:30:01.jpg"));
    Files.delete(images.resolve("c.PNG"));
    Files.createSymbolicLink(images.resolve("gone.png"), Path.of("nowhere.png"));
    Files.writeString(images.resolve("._b.jpg"), "what a file manager leaves");

    TinySweep.Run run = predict(images, output);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).startsWith("ttt: ").contains("gone.png");
    assertThat(run.out()).startsWith("2 images segmented");
    assertThat(TinySweep.visibleFiles(output))
        .containsExactly(
            "2023-05-01T12:30:01-overlay.png",
            "2023-05-01T12:30:01.png",
            "a [0]-overlay.png",
            "a [0].png");
  }

  @Test
  void theImagesThemselvesAreNotOverwritten() throws IOException {
    byte[] before = Files.readAllBytes(images.resolve("a [0].png"));

    for (Path input : List.of(images, images.resolve("a [0].png"))) {
      TinySweep.Run run = predict(input, images);
      assertThat(run.status()).isEqualTo(1);
      assertThat(run.err()).contains("a [0].png", "--output");
    }
    assertThat(images.resolve("a [0].png")).hasBinaryContent(before);
  }

  @Test
  void wrongInputsAreOneOrTwoLines() throws IOException {
    Path empty = Files.createDirectories(folder.resolve("empty"));
    Path model = folder.resolve("no-model");
    assertFails(predict(empty, output), empty.toString());
    assertFails(predict(folder.resolve("none.png"), output), "none.png");
    assertFails(predict(images.resolve("notes.txt"), output), "notes.txt");
    assertFails(predict(images, output, "--batch-size", "0"), "--batch-size is 0");
    assertFails(predict(images, output, "--height", "32"), "--height 32 --width 0");
    assertFails(predict(images, output, "--dump-tensors", "t"), "--dump-tensors takes one image");
    assertFails(
        TinySweep.run(
            "predict",
            "--model",
            model.toString(),
            "--input",
            images.toString(),
            "--output",
            output.toString()),
        model.toString());
    assertThat(output).doesNotExist();
  }

  private static void assertFails(TinySweep.Run run, String words) {
    assertThat(run.status()).as(run.err()).isEqualTo(1);
    assertThat(run.err().lines().toList()).hasSizeBetween(1, 2);
    assertThat(run.err()).contains(words);
  }
}
