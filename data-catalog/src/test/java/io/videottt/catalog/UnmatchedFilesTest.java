package io.videottt.catalog;

import static io.videottt.catalog.file.FileProblem.Kind.MISSING;
import static io.videottt.catalog.file.FileProblem.Kind.NOT_READ;
import static io.videottt.catalog.file.FileProblem.Kind.UNKNOWN_IMAGE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.folders.LabelMapsLayout;
import io.videottt.catalog.image.TestImages;
import io.videottt.catalog.video.Video;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What lies in the folders of a data set and belongs to no frame is named, never dropped. */
class UnmatchedFilesTest {

  private static final int SIZE = 8;

  private final Configuration hadoop = new Configuration();

  @TempDir private Path root;

  @BeforeEach
  void writeVideo() {
    for (int i = 1; i <= 3; i++) {
      image("images/v/" + i + ".jpg");
      labels("labels/v/" + i + ".png");
    }
  }

  private void image(String name) {
    TestImages.writeColour(root.resolve(name), SIZE, SIZE);
  }

  private void labels(String name) {
    TestImages.writeGray(root.resolve(name), SIZE, SIZE, (x, y) -> 0);
  }

  private void text(String name, String content) {
    TestImages.write(root.resolve(name), content.getBytes(StandardCharsets.UTF_8));
  }

  private DataSet open(SplitDefinition split) {
    List<ClassDefinition> classes = List.of(new ClassDefinition(0, "road", false, "#804080", null));
    return DataSet.of(
        new DataSetDefinition(
            "own",
            null,
            root.toString(),
            new LabelMapsLayout(null, null, null, null, null),
            10,
            classes,
            null,
            Map.of("all", split),
            false),
        hadoop);
  }

  private static SplitDefinition all() {
    return new SplitDefinition("", null, "", 0, 0, null, null);
  }

  private CatalogCheck.Split check(SplitDefinition split) {
    return open(split).check(List.of("all")).splits().get(0);
  }

  private static Map<FileProblem.Kind, Long> counts(CatalogCheck.Split split) {
    Map<FileProblem.Kind, Long> counts = new EnumMap<>(FileProblem.Kind.class);
    split.problems().forEach((kind, problems) -> counts.put(kind, problems.count()));
    return counts;
  }

  private static List<String> messages(CatalogCheck.Split split, FileProblem.Kind kind) {
    return split.problems().get(kind).examples();
  }

  @Test
  void aWholeDataSetHasNothingUnmatched() {
    CatalogCheck.Split split = check(all());
    assertThat(split.problems()).isEmpty();
    assertThat(split.others().count()).isZero();
    assertThat(split.annotatedFrames()).isEqualTo(3);
  }

  @Test
  void case07ImagesWhoseSuffixIsInOtherLettersAndTheirLabelsAreNamed() throws IOException {
    Files.move(root.resolve("images/v/2.jpg"), root.resolve("images/v/2.JPG"));
    CatalogCheck.Split split = check(all());
    assertThat(split.frames()).isEqualTo(2);
    assertThat(counts(split)).isEqualTo(Map.of(NOT_READ, 1L, UNKNOWN_IMAGE, 1L));
    assertThat(messages(split, NOT_READ)).first().asString().contains("2.JPG", "end in .jpg");
    assertThat(messages(split, UNKNOWN_IMAGE)).first().asString().contains("labels/v/2.png");
  }

  @Test
  void case07LabelsAndFoldersOfLabelsWithoutImagesAreNamed() {
    labels("labels/v/4.png");
    labels("labels/extra_video/1.png");
    CatalogCheck.Split split = check(all());
    assertThat(counts(split)).isEqualTo(Map.of(UNKNOWN_IMAGE, 2L));
    assertThat(messages(split, UNKNOWN_IMAGE))
        .anyMatch(message -> message.contains("labels/v/4.png"))
        .anyMatch(message -> message.contains("labels/extra_video"));
  }

  @Test
  void case08ALinkThatLeadsNowhereIsAMissingImage() throws IOException {
    Files.delete(root.resolve("images/v/2.jpg"));
    Files.createSymbolicLink(root.resolve("images/v/2.jpg"), Path.of("../annex/2.jpg"));
    Files.createSymbolicLink(root.resolve("images/w"), Path.of("../annex/w"));
    CatalogCheck.Split split = check(all());
    assertThat(split.frames()).isEqualTo(3);
    assertThat(counts(split)).isEqualTo(Map.of(MISSING, 2L));
    assertThat(messages(split, MISSING))
        .anyMatch(message -> message.contains("images/v/2.jpg"))
        .anyMatch(message -> message.contains("images/w"));
    Video video = open(all()).videos("all").get(0);
    assertThat(video.frameCount()).isEqualTo(3);
    assertThatThrownBy(() -> video.read(1))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("2.jpg: the file is missing");
  }

  @Test
  void theSharedCasesAreNamedInFull() {
    Path cases = Path.of("../../shared/cases").toAbsolutePath().normalize();
    assumeTrue(Files.isDirectory(cases), "no cases at " + cases);
    assertThat(counts(checked(cases, "07-images-silently-left-out", "mixed-case")))
        .isEqualTo(Map.of(NOT_READ, 2L, UNKNOWN_IMAGE, 2L));
    assertThat(counts(checked(cases, "07-images-silently-left-out", "orphan-label")))
        .isEqualTo(Map.of(UNKNOWN_IMAGE, 2L));
    assertThat(counts(checked(cases, "06-colon-in-file-names", "colon-names"))).isEmpty();
    // Where links cannot be kept, a copy has a small text file in the place of the link.
    assertThat(counts(checked(cases, "08-dangling-link-silently-left-out", "dangling")))
        .isIn(Map.of(MISSING, 1L), Map.of(FileProblem.Kind.UNREADABLE, 1L));
  }

  private CatalogCheck.Split checked(Path cases, String name, String dataSet) {
    Path folder = cases.resolve(name);
    Catalog catalog =
        Catalog.withFolder(
            new org.apache.hadoop.fs.Path(folder.resolve("catalog").toUri()), hadoop);
    String place = folder.resolve(catalog.definition(dataSet).root()).toString();
    return catalog.open(dataSet, Optional.of(place), hadoop).check(List.of("test")).splits().get(0);
  }

  @Test
  void namesThatPeopleTakeForEqualAreHinted() {
    image("images/v/caf\u00e9.jpg");
    labels("labels/v/cafe\u0301.png");
    image("images/v/Big.jpg");
    labels("labels/v/big.png");
    CatalogCheck.Split split = check(all());
    assertThat(counts(split)).isEqualTo(Map.of(MISSING, 2L, UNKNOWN_IMAGE, 2L));
    assertThat(messages(split, UNKNOWN_IMAGE))
        .allMatch(message -> message.contains("differs in letter case or in how accents"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.png", "4.jpeg", "4.JPG", "4.tiff", "4.webp", "4.bmp"})
  void aPictureOfAnotherKindIsNamed(String name) {
    image("images/v/" + name);
    CatalogCheck.Split split = check(all());
    assertThat(counts(split)).isEqualTo(Map.of(NOT_READ, 1L));
    assertThat(messages(split, NOT_READ)).first().asString().contains(name);
    SplitVideos opened = open(all()).open("all", List.of(), Set.of(Task.SEMANTIC));
    assertThat(opened.unmatched()).singleElement().asString().contains(name);
  }

  @Test
  void otherFilesAreCountedWithoutBeingAProblem() {
    text("images/v/notes.txt", "");
    text("images/readme.md", "");
    CatalogCheck.Split split = check(all());
    assertThat(split.problems()).isEmpty();
    assertThat(split.others().count()).isEqualTo(2);
    assertThat(split.others().examples()).anyMatch(path -> path.endsWith("notes.txt"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {".DS_Store", "._1.jpg", "Thumbs.db", "THUMBS.DB", "desktop.ini", "@eaDir/1.jpg"})
  void whatSystemsLeaveIsNoData(String name) {
    for (String folder : List.of("images/v/", "labels/v/", "images/", "labels/")) {
      text(folder + name, "no picture");
    }
    CatalogCheck.Split split = check(all());
    assertThat(split.problems()).isEmpty();
    assertThat(split.others().count()).isZero();
    assertThat(split.videos()).isEqualTo(1);
  }

  @Test
  void picturesAtTheWrongDepthAreNamed() {
    image("images/5.jpg");
    image("images/v/left/6.jpg");
    labels("labels/5.png");
    assertThat(counts(check(all()))).isEqualTo(Map.of(NOT_READ, 3L));
  }

  @Test
  void labelsOfAnotherKindAreNamedWhereTheirFrameHasNone() throws IOException {
    SplitDefinition optional = new SplitDefinition("", null, "", 0, 0, LabelPolicy.OPTIONAL, null);
    Files.move(root.resolve("labels/v/2.png"), root.resolve("labels/v/2.PNG"));
    Files.move(root.resolve("labels/v/3.png"), root.resolve("labels/v/3.tif"));
    text("labels/v/1.jpg", "a picture of labels that are there");
    CatalogCheck.Split split = check(optional);
    assertThat(counts(split)).isEqualTo(Map.of(NOT_READ, 2L));
    assertThat(split.annotatedFrames()).isEqualTo(1);
  }

  @Test
  void linesThatNameNothingAreCounted() {
    text("list.txt", "v/1\nv/9\nw/1\n");
    CatalogCheck.Split split = check(new SplitDefinition("", null, "list.txt", 0, 0, null, null));
    assertThat(split.frames()).isEqualTo(1);
    assertThat(counts(split)).isEqualTo(Map.of(MISSING, 2L));
    assertThat(messages(split, MISSING))
        .anyMatch(message -> message.contains("list.txt, line 2"))
        .anyMatch(message -> message.contains("list.txt, line 3"));
  }

  @Test
  void aVideoWithoutFramesHindersNoOther() throws IOException {
    Files.createDirectories(root.resolve("images/empty"));
    SplitVideos opened = open(all()).open("all", List.of(), Set.of(Task.SEMANTIC));
    assertThat(opened.videos()).singleElement().matches(video -> video.id().equals("v"));
    assertThat(opened.problems()).containsOnlyKeys("empty");
    CatalogCheck.Split split = check(all());
    assertThat(split.videos()).isEqualTo(2);
    assertThat(counts(split)).isEqualTo(Map.of(MISSING, 1L));
  }

  @Test
  void namesOfAnyCharactersAreRead() {
    for (String name :
        List.of("12:30:01", "a%41#?", "b c", "q'\"`", "back\\slash", "-x", "*[1]{2}", "k=v")) {
      for (String video : List.of("v", "cam 12:30", "x=1")) {
        image("images/%s/%s.jpg".formatted(video, name));
        labels("labels/%s/%s.png".formatted(video, name));
      }
    }
    CatalogCheck.Split split = check(all());
    assertThat(split.problems()).isEmpty();
    assertThat(split.videos()).isEqualTo(3);
    assertThat(split.annotatedFrames()).isEqualTo(3 + 3 * 8);
    assertThat(
            check(new SplitDefinition("", List.of("cam 12:30"), "", 0, 0, null, null)).problems())
        .isEmpty();
  }

  @Test
  void segmentsOfAVideoWithoutImagesAreNamed() {
    image("raw_images/tokyo/0001.png");
    text("annotations/train/tokyo.json", "{}");
    text("annotations/train/osaka.json", "{}");
    DataSet coco = Catalog.builtIn().open("coco-videos", Optional.of(root.toString()), hadoop);
    SplitVideos opened = coco.open("test", List.of("tokyo"), Set.of(Task.SEMANTIC));
    assertThat(opened.videos()).hasSize(1);
    assertThat(opened.unmatched())
        .singleElement()
        .asString()
        .contains("osaka.json", "segments of a video without images");
  }

  @Test
  void kittiStepsGrayImagesAreNoLabelsWithoutAnImage() {
    for (String video : List.of("0002")) {
      image("images/val/" + video + "/000000.png");
      TestImages.writeColour(
          root.resolve("panoptic_maps/val/" + video + "/000000.png"), SIZE, SIZE);
      labels("panoptic_maps/val/" + video + "/000000_sem.png");
      text("panoptic_maps/val/" + video + "/000000.json", "{}");
    }
    DataSet kitti = Catalog.builtIn().open("kitti-step", Optional.of(root.toString()), hadoop);
    assertThat(kitti.video("val", "0002").unmatched()).isEmpty();
    SplitVideos opened = kitti.open("val", List.of(), Set.of(Task.SEMANTIC));
    assertThat(opened.videos()).hasSize(1);
    assertThat(opened.problems()).hasSize(8).containsKey("0006");
  }
}
