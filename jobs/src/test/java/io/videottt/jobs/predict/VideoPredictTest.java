package io.videottt.jobs.predict;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.videottt.adaptation.frames.WorkingSize;
import io.videottt.catalog.film.FilmWriter;
import io.videottt.catalog.film.VideoFilesLayout;
import io.videottt.catalog.image.ImageDecoder;
import io.videottt.catalog.image.LabelEncoding;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.StreetImages;
import io.videottt.jobs.TinySweep;
import io.videottt.metrics.LumaChroma;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Videos in, files of frames and videos out. */
class VideoPredictTest {

  private static final String COLORIZATION = "../conf/models/demo-colorization/joint";

  private static List<RgbImage> frames;

  @TempDir private Path folder;
  private Path film;
  private Path output;

  @BeforeAll
  static void drawFrames() {
    frames = StreetImages.frames(4);
  }

  @BeforeEach
  void writeFilm() {
    film = writeFilm("street.mp4");
    output = folder.resolve("output");
  }

  private Path writeFilm(String name) {
    Path file = folder.resolve("films").resolve(name);
    RgbImage first = frames.get(0);
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(file.toUri());
    try (FilmWriter writer =
        new FilmWriter(
            target, target.getParent(), new Configuration(), first.height(), first.width(), 5)) {
      frames.forEach(writer::write);
      writer.finish();
    }
    return file;
  }

  private TinySweep.Run predict(String model, Path input, String... more) {
    return StreetImages.predict(model, input, output, more);
  }

  private static Video read(Path film) {
    return new VideoFilesLayout()
        .film(new org.apache.hadoop.fs.Path(film.toUri()), new Configuration());
  }

  private static LabelMap labels(Path file) throws IOException {
    return ImageDecoder.decodeLabels(
        Files.readAllBytes(file), file.toString(), LabelEncoding.SINGLE_CHANNEL);
  }

  private static double meanDifference(RgbImage one, RgbImage other) {
    double sum = 0;
    for (int i = 0; i < one.pixels().length; i++) {
      sum += Math.abs((one.pixels()[i] & 0xff) - (other.pixels()[i] & 0xff));
    }
    return sum / one.pixels().length;
  }

  @Test
  void aFilmBecomesLabelMapsOverlaysAndAVideoOfThem() throws IOException {
    TinySweep.Run run = predict(StreetImages.MODEL, film, "--save", "predictions,overlays,video");

    assertThat(run.status()).as(run.err()).isZero();
    Path results = output.resolve("street.mp4");
    assertThat(run.out())
        .isEqualTo(
            "1 of 1 video predicted, 4 frames; predictions, overlays, video in %s%n"
                .formatted(results));
    assertThat(TinySweep.visibleFiles(output))
        .hasSize(9)
        .contains(
            "street.mp4/000003.png", "street.mp4/000003-overlay.png", "street.mp4/semantic.mp4");
    Video source = read(film);
    List<RgbImage> decoded = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      decoded.add(source.read(i).image());
    }
    List<LabelMap> expected =
        StreetImages.predicted(StreetImages.MODEL, decoded, WorkingSize.own());
    Video shown = read(results.resolve("semantic.mp4"));
    assertThat(shown.frameCount()).isEqualTo(4);
    assertThat(shown.framesPerSecond()).isCloseTo(5, within(0.01));
    for (int i = 0; i < 4; i++) {
      String name = "%06d".formatted(i);
      assertThat(labels(results.resolve(name + ".png")).labels())
          .isEqualTo(expected.get(i).labels());
      Path overlay = results.resolve(name + "-overlay.png");
      RgbImage drawn = ImageDecoder.decodeColour(Files.readAllBytes(overlay), name);
      assertThat(meanDifference(shown.read(i).image(), drawn)).isLessThan(6);
    }
  }

  @Test
  void aFilmIsColourisedWithItsOwnLuma() throws IOException {
    TinySweep.Run run =
        predict(
            COLORIZATION,
            film,
            "--task",
            "colorization",
            "--save",
            "predictions,video",
            "--to",
            "0.5");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(output.resolve("street.mp4")))
        .containsExactly("000000.png", "000001.png", "000002.png", "colorization.mp4");
    RgbImage source = read(film).read(2).image();
    Path file = output.resolve("street.mp4/000002.png");
    RgbImage colours = ImageDecoder.decodeColour(Files.readAllBytes(file), "colours");
    byte[] gray = LumaChroma.gray(source.pixels());
    byte[] after = LumaChroma.gray(colours.pixels());
    int apart = 0;
    int coloured = 0;
    for (int i = 0; i < gray.length; i += 3) {
      apart += Math.abs((gray[i] & 0xff) - (after[i] & 0xff)) > 2 ? 1 : 0;
      coloured += colours.pixels()[i] != colours.pixels()[i + 2] ? 1 : 0;
    }
    // Colours that no byte can hold are cut off, which changes the luma of few pixels.
    assertThat(apart).isLessThan(gray.length / 3 / 50);
    assertThat(coloured).isGreaterThan(gray.length / 3 / 2);
    assertThat(
            meanDifference(
                read(output.resolve("street.mp4/colorization.mp4")).read(2).image(), colours))
        .isLessThan(6);
  }

  @Test
  void aFolderOfFilmsGoesOnWhenOneBreaksWhichLeavesNothing() throws IOException {
    byte[] whole = Files.readAllBytes(writeFilm("other.mp4"));
    Files.write(folder.resolve("films/broken.mp4"), Arrays.copyOf(whole, whole.length / 2));

    TinySweep.Run run =
        predict(StreetImages.MODEL, folder.resolve("films"), "--save", "predictions,video");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).startsWith("2 of 3 videos predicted, 8 frames; predictions, video in ");
    assertThat(run.err().lines().toList()).hasSize(1);
    assertThat(run.err()).contains("broken.mp4", "breaks at frame ").doesNotContain("Exception");
    assertThat(TinySweep.visibleFiles(output)).hasSize(10).noneMatch(file -> file.contains("brok"));
    Path alone = output.resolve("street.mp4");
    Path together = output.resolve("other.mp4");
    for (String file : TinySweep.visibleFiles(alone)) {
      assertThat(alone.resolve(file)).hasSameBinaryContentAs(together.resolve(file));
    }
  }

  @Test
  void aFilmThatBreaksInItsMiddleLeavesNothingAndNamesTheFrame() throws IOException {
    byte[] bytes = Files.readAllBytes(film);
    // Within the frames' data, before their index: the first frames can be decoded.
    Arrays.fill(bytes, bytes.length / 2, bytes.length * 3 / 4, (byte) 0);
    Path damaged = Files.write(folder.resolve("damaged.mp4"), bytes);

    TinySweep.Run run =
        predict(StreetImages.MODEL, damaged, "--save", "predictions,overlays,video");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().filter(line -> line.startsWith("ttt: ")).toList()).hasSize(1);
    assertThat(run.err()).contains("damaged.mp4").contains("breaks at frame ");
    assertThat(Files.exists(output.resolve("damaged.mp4"))).isFalse();
  }

  @Test
  void aFolderOfImagesBecomesAVideoByTheirNamesAndOneOfAnotherSizeIsNamed() throws IOException {
    Path images = folder.resolve("images");
    for (int i = 0; i < 3; i++) {
      StreetImages.write(frames.get(i), images.resolve("%d.png".formatted(i)));
    }
    StreetImages.write(StreetImages.crop(frames.get(3), 64, 96), images.resolve("3.png"));

    TinySweep.Run run =
        predict(StreetImages.MODEL, images, "--save", "video", "--frames-per-second", "4");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).startsWith("3 images predicted; video in ");
    assertThat(run.err()).contains("ttt: 3 is 96 x 64, the first frame 160 x 96");
    assertThat(TinySweep.visibleFiles(output)).containsExactly("semantic.mp4");
    Video shown = read(output.resolve("semantic.mp4"));
    assertThat(shown.frameCount()).isEqualTo(3);
    assertThat(shown.framesPerSecond()).isCloseTo(4, within(0.01));
  }

  @Test
  void imagesAreColourisedAndABrokenOneIsNamed() throws IOException {
    Path images = folder.resolve("images");
    StreetImages.write(frames.get(0), images.resolve("a.png"));
    Files.writeString(images.resolve("b.png"), "no picture");

    TinySweep.Run run = predict(COLORIZATION, images, "--task", "colorization");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.out()).startsWith("1 image predicted; predictions in ");
    assertThat(run.err()).contains("ttt: ").contains("b.png");
    assertThat(TinySweep.visibleFiles(output)).containsExactly("a.png");
  }

  @Test
  void segmentsOfAFilmAreInCocosFormats() throws IOException {
    TinySweep.Run run =
        predict(
            StreetImages.MASK2FORMER,
            film,
            "--task",
            "panoptic",
            "--colours",
            "embedded",
            "--save",
            "predictions");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(TinySweep.visibleFiles(output.resolve("street.mp4")))
        .containsExactly("000000.png", "000001.png", "000002.png", "000003.png", "panoptic.json");
    assertThat(Files.readString(output.resolve("street.mp4/panoptic.json")))
        .contains("\"image_id\":3", "\"file_name\":\"000003.png\"", "\"categories\":[");
  }

  @Test
  void resultsDoNotTakeTheFilmsPlace() throws IOException {
    byte[] before = Files.readAllBytes(film);
    output = film.getParent();

    TinySweep.Run run = predict(StreetImages.MODEL, film);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("street.mp4").contains("choose another --output");
    assertThat(Files.readAllBytes(film)).isEqualTo(before);
  }

  @Test
  void aModelOfClassesDoesNotColour() {
    TinySweep.Run run = predict(StreetImages.MODEL, film, "--task", "colorization");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err().lines().count()).isLessThanOrEqualTo(2);
    assertThat(run.err()).contains("coloriz");
    assertThat(Files.exists(output)).isFalse();
  }
}
