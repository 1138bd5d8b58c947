package io.videottt.catalog.folders;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class FolderDataSetTest {

  private static final int WIDTH = 12;
  private static final int HEIGHT = 8;

  private final Configuration hadoop = new Configuration();

  @TempDir private Path folder;

  @Test
  void camVidIsReadFromAFolderWithSpacesAndEqualSigns() {
    Path root = folder.resolve("my data=set 1");
    writeFrames(root, "0001TP", 3);
    Video video = camvid(root).videos("test").get(0);
    assertThat(video.id()).isEqualTo("0001TP");
    assertThat(video.frameCount()).isEqualTo(3);
    Frame frame = video.read(2);
    assertThat(frame.index()).isEqualTo(2);
    assertThat(frame.name()).isEqualTo("0001TP_2");
    assertThat(frame.image().width()).isEqualTo(WIDTH);
    assertThat(frame.labels().orElseThrow().labels()).contains(0, 3, 0xff);
  }

  @Test
  void framesFollowTheirNumbersNotTheirLetters() {
    writeFrames(folder, "0001TP", 12);
    assertThat(names(camvid(folder).video("test", "0001TP")))
        .startsWith("0001TP_0", "0001TP_1", "0001TP_2", "0001TP_3")
        .endsWith("0001TP_9", "0001TP_10", "0001TP_11");
  }

  @Test
  void aListPicksFramesAndKeepsTheirOrder() {
    writeFrames(folder, "0006R0", 4);
    writeFrames(folder, "0016E5", 4);
    writeText("train.txt", "0016E5/0016E5_3\r\n0016E5/0016E5_1\n\n0006R0/0006R0_0\n0001TP/x\n");
    List<Video> videos = camvid(folder).videos("train");
    assertThat(names(videos.get(0))).containsExactly("0006R0_0");
    assertThat(names(videos.get(1))).containsExactly("0016E5_1", "0016E5_3");
  }

  @Test
  void aSplitMayHaveItsOwnFrameRate() {
    writeFrames(folder, "0016E5", 2);
    writeText("val.txt", "0016E5/0016E5_0\n");
    assertThat(camvid(folder).videos("val").get(0).framesPerSecond()).isEqualTo(15);
  }

  @Test
  void listsCannotLeaveTheRoot() {
    writeFrames(folder, "0016E5", 2);
    for (String entry : List.of("../../etc/passwd", "0016E5/../x", "/etc/passwd", "0016E5")) {
      writeText("val.txt", entry + "\n");
      assertThatThrownBy(() -> camvid(folder).videos("val"))
          .as(entry)
          .isInstanceOf(InvalidInputException.class)
          .hasMessageContaining("val.txt, line 1");
    }
  }

  @Test
  void aListedFrameThatIsNotThereIsNamedAndTheOthersAreRead() {
    writeFrames(folder, "0016E5", 2);
    writeText("val.txt", "0016E5/0016E5_0\n0016E5/0016E5_77\n");
    Video video = camvid(folder).videos("val").get(0);
    assertThat(names(video)).containsExactly("0016E5_0");
    assertThat(video.unmatched())
        .singleElement()
        .asString()
        .contains("val.txt, line 2", "0016E5_77");
    writeText("val.txt", "0016E5/0016E5_77\n");
    assertThatThrownBy(() -> camvid(folder).videos("val"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("val.txt names none of the 2 frames of video 0016E5");
  }

  @Test
  void aListMayNameFilesAndChooseTheVideosOfASplit() {
    writeFrames(folder, "v1", 3);
    writeFrames(folder, "v2", 2);
    writeText("some.txt", "\ufeffv1/v1_2.jpg\r\nv1/v1_0\n");
    SplitDefinition split = new SplitDefinition("", null, "some.txt", 0, 0, null, null);
    List<Video> videos = own(labelMaps(), split).videos("all");
    assertThat(videos).singleElement().matches(video -> video.id().equals("v1"));
    assertThat(names(videos.get(0))).containsExactly("v1_0", "v1_2");
    assertThat(videos.get(0).unmatched()).isEmpty();
  }

  @Test
  void kittiStepTakesTheClassFromTheRedChannel() {
    for (String id : List.of("000000", "000001")) {
      TestImages.writeColour(folder.resolve("images/val/0002/" + id + ".png"), WIDTH, HEIGHT);
      Path map = folder.resolve("panoptic_maps/val/0002/" + id + ".png");
      TestImages.write(
          map,
          TestImages.bytes(
              TestImages.colour(WIDTH, HEIGHT, (x, y) -> (x == 0 ? 255 : 13) << 16 | 0x0203),
              "png"));
    }
    DataSet kitti = open("kitti-step");
    Frame frame = kitti.video("val", "0002").read(1);
    assertThat(frame.name()).isEqualTo("000001");
    assertThat(frame.labels().orElseThrow().labels()).containsOnly(13, 0xff);
    assertThat(kitti.videoIds("val")).hasSize(9);
    assertThat(kitti.videoIds("test")).hasSize(12).startsWith("0000");
    assertThat(kitti.definition().published()).isTrue();
  }

  @Test
  void cityscapesCitiesAreVideosAndLabelIdsBecomeTrainingIds() {
    for (String city : List.of("aachen", "bochum")) {
      String name = city + "_000000_000019";
      TestImages.writeColour(
          folder.resolve("leftImg8bit/train/%s/%s_leftImg8bit.png".formatted(city, name)),
          WIDTH,
          HEIGHT);
      TestImages.writeGray(
          folder.resolve("gtFine/train/%s/%s_gtFine_labelIds.png".formatted(city, name)),
          WIDTH,
          HEIGHT,
          (x, y) -> List.of(7, 33, 26, 4).get(x % 4));
    }
    List<Video> videos = open("cityscapes").videos("train");
    assertThat(videos).extracting(Video::id).containsExactly("aachen", "bochum");
    Frame frame = videos.get(1).read(0);
    assertThat(frame.name()).isEqualTo("bochum_000000_000019");
    assertThat(frame.labels().orElseThrow().labels()).startsWith(0, 18, 13, 0xff);
  }

  @Test
  void ownDataMayUseOtherFoldersAndSuffixesAndHaveUnannotatedFrames() {
    TestImages.writeColour(folder.resolve("frames/clip/a-1.png"), WIDTH, HEIGHT);
    TestImages.writeColour(folder.resolve("frames/clip/a-2.png"), WIDTH, HEIGHT);
    TestImages.writeGray(folder.resolve("masks/clip/a-2.mask.png"), WIDTH, HEIGHT, (x, y) -> 0);
    Layout layout = new LabelMapsLayout("frames", ".png", "masks", ".mask.png", null);
    SplitDefinition split = new SplitDefinition("", null, "", 0, 0, LabelPolicy.OPTIONAL, null);
    Video video = own(layout, split).videos("all").get(0);
    assertThat(video.annotated(0)).isFalse();
    assertThat(video.read(0).labels()).isEmpty();
    assertThat(video.annotated(1)).isTrue();
    assertThat(video.read(1).labels()).isPresent();
  }

  @Test
  void labelsAreLeftAloneWhereTheSplitSaysSo() {
    writeFrames(folder, "clip", 1);
    SplitDefinition split = new SplitDefinition("", null, "", 0, 0, LabelPolicy.NONE, null);
    assertThat(own(labelMaps(), split).videos("all").get(0).annotated(0)).isFalse();
  }

  @Test
  void aSplitMayBeLimitedToItsFirstVideos() {
    for (String id : List.of("v1", "v2", "v10")) {
      writeFrames(folder, id, 1);
    }
    SplitDefinition split = new SplitDefinition("", null, "", 2, 0, null, null);
    assertThat(own(labelMaps(), split).videoIds("all")).containsExactly("v1", "v2");
  }

  @Test
  void aMissingRootIsNamedWithTheWayOut() {
    assertThatThrownBy(
            () -> Catalog.builtIn().open("camvid", Optional.of(folder + "/absent"), hadoop))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("absent does not exist")
        .hasMessageContaining("VIDEOTTT_ROOT_CAMVID");
  }

  @Test
  void unknownSplitsAndVideosAndEmptySplitsAreNamed() {
    TestImages.write(folder.resolve("images/readme.txt"), new byte[0]);
    DataSet own = own(labelMaps(), new SplitDefinition("", null, "", 0, 0, null, null));
    assertThatThrownBy(() -> own.videos("none"))
        .hasMessage("data set own has no split \"none\"; its splits are all");
    assertThatThrownBy(() -> own.videos("all"))
        .hasMessageStartingWith("data set own: split all has no videos below ");
    writeFrames(folder, "clip", 1);
    assertThatThrownBy(() -> own.video("all", "other"))
        .hasMessage("data set own: split all has no video \"other\"");
  }

  @Test
  void aVideoWithoutFramesIsNamed() throws Exception {
    Files.createDirectories(folder.resolve("images/0001TP"));
    assertThatThrownBy(() -> camvid(folder).videos("test"))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("video 0001TP has no files that end in .jpg");
  }

  private DataSet camvid(Path root) {
    return Catalog.builtIn().open("camvid", Optional.of(root.toString()), hadoop);
  }

  private DataSet open(String name) {
    return Catalog.builtIn().open(name, Optional.of(folder.toString()), hadoop);
  }

  private DataSet own(Layout layout, SplitDefinition split) {
    List<ClassDefinition> classes = List.of(new ClassDefinition(0, "road", false, "#804080", null));
    return DataSet.of(
        new DataSetDefinition(
            "own", null, folder.toString(), layout, 10, classes, null, Map.of("all", split), false),
        hadoop);
  }

  private static Layout labelMaps() {
    return new LabelMapsLayout(null, null, null, null, null);
  }

  /** Frames of CamVid's layout whose labels are 0, 3 and void. */
  private static void writeFrames(Path root, String video, int count) {
    for (int i = 0; i < count; i++) {
      String name = video + "_" + i;
      TestImages.writeColour(
          root.resolve("images/%s/%s.jpg".formatted(video, name)), WIDTH, HEIGHT);
      TestImages.writeGray(
          root.resolve("labels/%s/%s.png".formatted(video, name)),
          WIDTH,
          HEIGHT,
          (x, y) -> x == 0 ? 11 : x % 2 * 3);
    }
  }

  private void writeText(String name, String text) {
    TestImages.write(folder.resolve(name), text.getBytes(StandardCharsets.UTF_8));
  }

  private static List<String> names(Video video) {
    return IntStream.range(0, video.frameCount()).mapToObj(video::frameName).toList();
  }
}
