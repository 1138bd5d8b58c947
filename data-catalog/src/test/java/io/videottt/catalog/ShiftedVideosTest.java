package io.videottt.catalog;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.folders.LabelMapsLayout;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.shift.Corruption;
import io.videottt.catalog.shift.Course;
import io.videottt.catalog.shift.DamagedFrame;
import io.videottt.catalog.shift.ShiftStage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.FrameStream;
import io.videottt.catalog.video.Video;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Splits whose videos are put through shifts, in a data set of picture files. */
class ShiftedVideosTest {

  private static final int FRAMES = 11;
  private static final int MIDDLE = 5;
  private static final List<ShiftStage> NOISE = rising(Corruption.NOISE, 0.2);
  private static final List<ShiftStage> HAZE = rising(Corruption.HAZE, 0.5);

  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;

  @Test
  void everyVideoStandsInTheSplitOnceForEachShiftAndNotAsItWasRecorded() {
    writeFrames("noon");
    writeFrames("night");
    DataSet data = open(split(List.of(), Map.of("haze", HAZE)));
    assertThat(data.videoIds("all")).containsExactly("night-haze", "noon-haze");
    assertThat(open(split(List.of("noon"), shifts())).videoIds("all"))
        .containsExactly("noon-noise", "noon-haze");
  }

  @Test
  void framesAreShiftedInTheMiddleAndTheirGroundTruthStays() {
    writeFrames("noon");
    Video original = open(split(List.of("noon"), Map.of())).video("all", "noon");
    Video shifted = open(split(List.of("noon"), shifts())).video("all", "noon-haze");
    assertThat(shifted.id()).isEqualTo("noon-haze");
    assertThat(shifted.frameCount()).isEqualTo(FRAMES);
    assertThat(shifted.framesPerSecond()).isEqualTo(original.framesPerSecond());
    for (int i = 0; i < FRAMES; i++) {
      Frame frame = shifted.read(i);
      assertThat(frame.name()).isEqualTo(original.frameName(i));
      assertThat(shifted.annotated(i)).isTrue();
      assertThat(frame.labels().orElseThrow().labels())
          .isEqualTo(original.read(i).labels().orElseThrow().labels());
    }
    assertThat(shifted.read(0).image().pixels()).isEqualTo(original.read(0).image().pixels());
    assertThat(shifted.read(10).image().pixels()).isEqualTo(original.read(10).image().pixels());
    assertThat(shifted.read(MIDDLE).image().pixels())
        .isEqualTo(
            DamagedFrame.apply(original.read(MIDDLE).image(), Map.of(Corruption.HAZE, 0.5), 1)
                .pixels());
  }

  @Test
  void aFrameIsTheSameHoweverItIsRead() {
    writeFrames("noon");
    Video video = open(split(List.of("noon"), shifts())).video("all", "noon-noise");
    String once = Digests.of(video.read(MIDDLE));
    try (FrameStream stream = video.stream(MIDDLE)) {
      assertThat(Digests.of(stream.next())).isEqualTo(once);
    }
    assertThat(Digests.of(video.read(MIDDLE - 1))).isNotEqualTo(once);
    assertThat(
            Digests.of(open(split(List.of("noon"), shifts())).video("all", "noon-noise").read(5)))
        .isEqualTo(once);
  }

  @Test
  void stagesAddUpToNoMoreThanFullStrength() {
    ShiftStage stage = new ShiftStage(Course.CONSTANT, Map.of(Corruption.NOISE, 0.7));
    assertThat(ShiftStage.strengths(List.of(stage), 0.5)).containsEntry(Corruption.NOISE, 0.7);
    assertThat(ShiftStage.strengths(List.of(stage, stage), 0.5))
        .containsEntry(Corruption.NOISE, 1.0);
  }

  @Test
  void oneStageGivesWayToTheNext() {
    List<ShiftStage> stages =
        List.of(
            new ShiftStage(Course.GIVES_WAY, Map.of(Corruption.HAZE, 0.4)),
            new ShiftStage(Course.TAKES_OVER, Map.of(Corruption.NOISE, 0.2)));
    assertThat(ShiftStage.strengths(stages, 0))
        .containsEntry(Corruption.HAZE, 0.4)
        .containsEntry(Corruption.NOISE, 0.0);
    assertThat(ShiftStage.strengths(stages, 1))
        .containsEntry(Corruption.HAZE, 0.0)
        .containsEntry(Corruption.NOISE, 0.2);
  }

  @Test
  void whatIsMissingOrLeftOverIsNamedAsOfVideosWithoutShifts() {
    writeFrames("noon");
    TestImages.write(folder.resolve("images/noon/odd.jpeg"), new byte[3]);
    TestImages.write(
        folder.resolve("labels/noon/noon_3.png"), "no picture".getBytes(StandardCharsets.UTF_8));
    CatalogCheck check = open(split(List.of("noon"), shifts())).check(List.of("all"));
    CatalogCheck.Split found = check.splits().get(0);
    assertThat(found.videos()).isEqualTo(2);
    assertThat(found.frames()).isEqualTo(2 * FRAMES);
    assertThat(found.problems().toString()).contains("noon_3.png", "odd.jpeg");
  }

  @Test
  void resultsRememberTheFilesOfTheRecordingAndTheShift() {
    writeFrames("noon");
    DataSet plain = open(split(List.of("noon"), Map.of()));
    DataSet shifted = open(split(List.of("noon"), shifts()));
    VideoFiles files = shifted.files("all", "noon-noise");
    assertThat(files.files().keySet())
        .isEqualTo(plain.files("all", "noon").files().keySet())
        .contains("images/noon_0.jpg", "labels/noon_0.png");
    assertThat(files.reading()).containsEntry("shift", "[rises-and-fades {noise=0.2}]");
    assertThat(plain.files("all", "noon").reading()).doesNotContainKey("shift");
  }

  @Test
  void shiftedVideosThatHaveTheNameOfAnotherAreRefused() {
    writeFrames("noon");
    writeFrames("noon-haze");
    DataSet data = open(split(List.of(), Map.of("haze", HAZE, "haze-haze", NOISE)));
    assertThatThrownBy(() -> data.videoIds("all"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(
            "data set own: with their shifts, two videos are called noon-haze-haze; rename a"
                + " shift");
  }

  @Test
  void aRecordingIsNoVideoOfASplitWithShifts() {
    writeFrames("noon");
    DataSet data = open(split(List.of("noon"), shifts()));
    assertThatThrownBy(() -> data.video("all", "noon"))
        .hasMessage("data set own: split all has no video \"noon\"");
  }

  @Test
  void embeddedVideosCanBeShiftedToo() {
    DataSetDefinition known = Catalog.builtIn().definition("embedded");
    DataSet data =
        DataSet.of(
            new DataSetDefinition(
                "mine",
                null,
                "",
                known.layout(),
                10,
                known.classes(),
                null,
                Map.of("all", split(List.of("test-clear-1"), shifts())),
                false),
            hadoop);
    Video video = data.video("all", "test-clear-1-noise", Set.of(Task.SEMANTIC));
    assertThat(video.frameCount()).isEqualTo(160);
    assertThat(video.read(80).labels()).isPresent();
  }

  @Test
  void camVidsDayClipHasThreeShiftsToChooseSettingsOn() {
    for (int i = 0; i < 3; i++) {
      writeFrame("0016E5", i);
    }
    TestImages.write(
        folder.resolve("val.txt"),
        "0016E5/0016E5_0\n0016E5/0016E5_2\n".getBytes(StandardCharsets.UTF_8));
    DataSet camvid =
        Catalog.builtIn().open("camvid", Optional.of(folder.toString()), new Configuration());
    assertThat(camvid.videos("val-shifts"))
        .extracting(Video::id)
        .containsExactly("0016E5-noise", "0016E5-low-light", "0016E5-defocus");
    assertThat(camvid.videos("val-shifts")).allMatch(video -> video.frameCount() == 2);
  }

  private static Map<String, List<ShiftStage>> shifts() {
    Map<String, List<ShiftStage>> shifts = new java.util.LinkedHashMap<>();
    shifts.put("noise", NOISE);
    shifts.put("haze", HAZE);
    return shifts;
  }

  private static List<ShiftStage> rising(Corruption kind, double strength) {
    return List.of(new ShiftStage(Course.RISES_AND_FADES, Map.of(kind, strength)));
  }

  private static SplitDefinition split(List<String> videos, Map<String, List<ShiftStage>> shifts) {
    return new SplitDefinition("", videos, "", 0, 0, null, null, "", Map.of(), shifts, false);
  }

  private DataSet open(SplitDefinition split) {
    List<ClassDefinition> classes = List.of(new ClassDefinition(0, "road", false, "#804080", null));
    return DataSet.of(
        new DataSetDefinition(
            "own",
            null,
            folder.toString(),
            new LabelMapsLayout(null, null, null, null, null),
            10,
            classes,
            null,
            Map.of("all", split),
            false),
        hadoop);
  }

  private void writeFrames(String video) {
    for (int i = 0; i < FRAMES; i++) {
      writeFrame(video, i);
    }
  }

  private void writeFrame(String video, int index) {
    String name = video + "_" + index;
    TestImages.writeColour(folder.resolve("images/%s/%s.jpg".formatted(video, name)), 12, 8);
    TestImages.writeGray(
        folder.resolve("labels/%s/%s.png".formatted(video, name)), 12, 8, (x, y) -> 0);
  }
}
