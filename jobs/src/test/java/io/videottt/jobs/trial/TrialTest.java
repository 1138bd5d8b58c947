package io.videottt.jobs.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.adaptation.settings.AdaptationSettings;
import io.videottt.base.Task;
import io.videottt.catalog.film.FilmWriter;
import io.videottt.catalog.film.VideoFilesLayout;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Video;
import io.videottt.jobs.StreetImages;
import io.videottt.jobs.TinySweep;
import io.videottt.metrics.LumaChroma;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One film in, a video and a page out. */
class TrialTest {

  private static final int FRAMES = 5;
  private static final String COLORIZATION = "../conf/models/demo-colorization/joint";

  private static List<RgbImage> frames;

  @TempDir private Path folder;

  @BeforeAll
  static void drawFrames() {
    frames = StreetImages.frames(FRAMES);
  }

  private Path film(UnaryOperator<RgbImage> change) {
    Path file = folder.resolve("holiday.mp4");
    org.apache.hadoop.fs.Path target = new org.apache.hadoop.fs.Path(file.toUri());
    try (FilmWriter writer =
        new FilmWriter(target, target.getParent(), new Configuration(), 96, 160, 5)) {
      frames.forEach(frame -> writer.write(change.apply(frame)));
      writer.finish();
    }
    return file;
  }

  private TinySweep.Run tryFilm(Path film, String... more) {
    List<String> arguments =
        new ArrayList<>(
            List.of(
                "try",
                film.toString(),
                "--output",
                folder.resolve("out").toString(),
                "--set",
                "batchSize=1",
                "--set",
                "threads=1"));
    arguments.addAll(List.of(more));
    return TinySweep.run(arguments.toArray(String[]::new));
  }

  private static Video read(Path film) {
    return new VideoFilesLayout()
        .film(new org.apache.hadoop.fs.Path(film.toUri()), new Configuration());
  }

  @Test
  void aFilmIsColouredByTheFixedModelAndTheAdaptingOneWithNumbersAndAPage() throws IOException {
    TinySweep.Run run =
        tryFilm(film(frame -> frame), "--model", COLORIZATION, "--set", "learningRate=1e-3");

    assertThat(run.status()).as(run.err()).isZero();
    Path out = folder.resolve("out");
    assertThat(TinySweep.visibleFiles(out)).containsExactly("colorization.mp4", "index.html");
    assertThat(run.out())
        .containsPattern("Online test-time training (gains|costs) [0-9.]+ dB")
        .contains("video " + out.resolve("colorization.mp4").toUri().getPath())
        .contains("page  ");
    Video video = read(out.resolve("colorization.mp4"));
    assertThat(video.frameCount()).isEqualTo(FRAMES);
    assertThat(video.read(0).image().width()).isEqualTo(2 * 320 + 4);
    assertThat(video.read(0).image().height()).isEqualTo(2 * 192 + 4);
    assertThat(Files.readString(out.resolve("index.html")))
        .contains("holiday.mp4", "src=\"colorization.mp4\"", COLORIZATION)
        .contains("PSNR, fixed model", "PSNR, online TTT-MAE", "PSNR, the gray frames as they are")
        .contains("5 frames, 5.00 a second", "160 x 96", "learningRate=1e-3")
        .contains("the latest 16")
        .doesNotContain("<script");
  }

  @Test
  void segmentationHasNoTruthAndSaysSo() throws IOException {
    TinySweep.Run run =
        tryFilm(
            film(frame -> frame),
            "--task",
            "semantic",
            "--model",
            StreetImages.MODEL,
            "--classes",
            "embedded",
            "--every-seconds",
            "0.4");

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).containsPattern("gives [0-9.]+ % of the pixels another class");
    Video video = read(folder.resolve("out/semantic.mp4"));
    assertThat(video.frameCount()).isEqualTo(3);
    assertThat(video.read(0).image().width()).isEqualTo(2 * 320 + 4);
    assertThat(Files.readString(folder.resolve("out/index.html")))
        .contains("Nobody has annotated the film", "there is no mIoU")
        .doesNotContain("PSNR");
  }

  @Test
  void aGrayFilmHasNoTruthEither() throws IOException {
    Path gray =
        film(frame -> new RgbImage(frame.height(), frame.width(), LumaChroma.gray(frame.pixels())));

    TinySweep.Run run = tryFilm(gray, "--model", COLORIZATION);

    assertThat(run.status()).as(run.err()).isZero();
    assertThat(run.out()).contains("The film is gray");
    assertThat(read(folder.resolve("out/colorization.mp4")).read(0).image().width())
        .isEqualTo(2 * 320 + 4);
    assertThat(Files.readString(folder.resolve("out/index.html"))).doesNotContain("PSNR, fixed");
  }

  @Test
  void aFilmThatBreaksIsALineWithTheFrameAndLeavesNothing() throws IOException {
    Path film = film(frame -> frame);
    byte[] bytes = Files.readAllBytes(film);
    Arrays.fill(bytes, bytes.length / 2, bytes.length * 3 / 4, (byte) 0);
    Files.write(film, bytes);

    TinySweep.Run run = tryFilm(film, "--model", COLORIZATION);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.err()).contains("holiday.mp4").contains("breaks at frame ");
    assertThat(run.err().lines().filter(line -> line.startsWith("ttt: "))).hasSize(1);
    assertThat(run.err()).doesNotContain("Exception", "\tat ");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void whatOthersHaveWrittenIsNeitherReplacedNorRemoved() throws IOException {
    Path film = film(frame -> frame);
    byte[] bytes = Files.readAllBytes(film);
    Path thesis = folder.resolve("out/work/thesis.txt");
    Files.createDirectories(thesis.getParent());
    Files.writeString(thesis, "mine");

    TinySweep.Run full = tryFilm(film, "--model", COLORIZATION);
    TinySweep.Run itself =
        TinySweep.run("try", film.toString(), "--output", film.toString(), "--model", COLORIZATION);

    assertThat(full.status()).isEqualTo(1);
    assertThat(full.err())
        .contains("there is something that no trial has written; choose a new or empty folder");
    assertThat(thesis).hasContent("mine");
    assertThat(itself.status()).isEqualTo(1);
    assertThat(itself.err().lines()).hasSize(1);
    assertThat(film).hasBinaryContent(bytes);
  }

  @Test
  void whatIsNoFilmAndWhatTryDoesNotDoAreRefusedInALine() throws IOException {
    Path text = Files.writeString(folder.resolve("notes.mp4"), "no film");
    assertThat(tryFilm(text, "--model", COLORIZATION).err())
        .startsWith("ttt: ")
        .contains("notes.mp4", "no video that is read here");
    Path film = film(frame -> frame);
    assertThat(tryFilm(film, "--task", "panoptic").err()).contains("try does semantic");
    assertThat(tryFilm(film, "--size", "100").err()).contains("--size 100");
    assertThat(tryFilm(film, "--model", StreetImages.MODEL).err()).contains("colorization");
    assertThat(tryFilm(film, "--set", "window=-1", "--model", COLORIZATION).err())
        .contains("window");
  }

  @Test
  void aTrialThatWasStoppedGoesOnToTheSameEnd() throws IOException {
    Path film = film(frame -> frame);
    int[] computed = {0};
    Path whole = folder.resolve("whole");
    trial(film, whole, () -> computed[0]++).run();
    assertThat(computed[0]).isEqualTo(2 * FRAMES);

    Path stopped = folder.resolve("stopped");
    int[] before = {0};
    Trial first =
        trial(
            film,
            stopped,
            () -> {
              if (++before[0] == FRAMES + 3) {
                throw new IllegalStateException("stopped");
              }
            });
    assertThatThrownBy(first::run).isInstanceOf(IllegalStateException.class);
    int[] after = {0};
    trial(film, stopped, () -> after[0]++).run();

    // The last frame before the stop had no checkpoint yet.
    assertThat(after[0]).isEqualTo(FRAMES - 2);
    assertThat(stopped.resolve("colorization.mp4"))
        .hasSameBinaryContentAs(whole.resolve("colorization.mp4"));
    assertThat(TinySweep.visibleFiles(stopped)).containsExactly("colorization.mp4", "index.html");
  }

  private static Trial trial(Path film, Path output, Runnable computed) {
    TrialRequest request =
        new TrialRequest(
            new org.apache.hadoop.fs.Path(film.toUri()),
            new VideoFilesLayout(),
            Task.COLORIZATION,
            new org.apache.hadoop.fs.Path(COLORIZATION),
            List.of(),
            "small",
            AdaptationSettings.small().with(Map.of("batchSize", 1, "threads", 1), "test"),
            96,
            new org.apache.hadoop.fs.Path(output.toUri()),
            "cpu",
            Duration.ZERO);
    StringWriter text = new StringWriter();
    PrintWriter writer = new PrintWriter(text, true);
    return new Trial(request, new Configuration(), writer, writer, computed);
  }
}
