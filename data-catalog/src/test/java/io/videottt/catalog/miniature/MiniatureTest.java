package io.videottt.catalog.miniature;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.Catalog;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.SceneImage;
import io.videottt.catalog.scenes.StreetClass;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.Video;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticSegment;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.apache.hadoop.conf.Configuration;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class MiniatureTest {

  private static final Configuration HADOOP = new Configuration();
  private static final int FRAMES = 11;
  private static final Set<Task> ALL = Task.segmentation();

  @TempDir private static Path shared;
  @TempDir private Path folder;

  private static Map<String, Miniature.Root> roots;

  @BeforeAll
  static void writeOnce() {
    roots =
        new Miniature(FRAMES)
            .writeTo(shared.resolve("miniature")).stream()
                .collect(Collectors.toMap(Miniature.Root::dataset, root -> root));
  }

  private static DataSet open(String name, String root) {
    return Catalog.builtIn().open(name, Optional.of(roots.get(root).folder().toString()), HADOOP);
  }

  @Test
  void nothingIsMissingOrWrongInAnyOfTheDataSetsButThatTheyAreSmall() {
    for (String name : roots.keySet()) {
      requireOnlySmall(open(name, name));
    }
    requireOnlySmall(open("coco-instances", "coco-panoptic"));
    DataSet videos = open("coco-videos", "coco-videos");
    assertThat(videos.check(videos.splits()).clean()).isTrue();
  }

  private static void requireOnlySmall(DataSet set) {
    for (CatalogCheck.Split split : set.check(set.splits()).splits()) {
      assertThat(split.problems().keySet())
          .as("%s %s: %s", set.definition().name(), split.name(), split.problems())
          .isSubsetOf(FileProblem.Kind.NOT_AS_PUBLISHED);
      assertThat(split.frames()).isPositive();
      assertThat(split.others().count()).isZero();
    }
  }

  @Test
  void everyVideoOfThePaperIsThereByItsName() {
    DataSet step = open("kitti-step", "kitti-step");
    assertThat(step.videoIds("val")).hasSize(9);
    assertThat(step.videoIds("test")).hasSize(12);
    Stream.of("val", "test")
        .flatMap(split -> step.videos(split).stream())
        .forEach(video -> assertThat(video.frameCount()).isEqualTo(FRAMES));
    assertThat(roots.get("kitti-step").images()).isEqualTo(21 * FRAMES);
    assertThat(open("coco-videos", "coco-videos").videos("test")).hasSize(10);
    assertThat(open("cityscapes", "cityscapes").videoIds("train"))
        .containsExactly("aachen", "bochum");
  }

  @Test
  void theMapsSayWhatTheDrawnScenesShow() {
    GeneratedVideo drawn = MiniatureScenes.drive("0002", FRAMES, 1, 0);
    Frame read = open("kitti-step", "kitti-step").video("val", "0002", ALL).read(FRAMES - 1);
    SceneImage scene = drawn.scene(FRAMES - 1);
    assertThat(read.labels().orElseThrow().labels()).isEqualTo(scene.labels());
    assertThat(read.image().pixels()).isEqualTo(drawn.image(FRAMES - 1, scene).pixels());
    Set<Integer> withObjects =
        read.truth().instances().orElseThrow().stream()
            .map(object -> object.classId())
            .collect(Collectors.toSet());
    assertThat(withObjects).isSubsetOf(StreetClass.PERSON, StreetClass.CAR);
    assertThat(withObjects).isNotEmpty();
  }

  @Test
  void cityscapesLabelsAreOfItsOwnIdsAndBecomeTheTrainingIds() {
    GeneratedVideo drawn = MiniatureScenes.stills("aachen", FRAMES, 2, 0);
    Frame read = open("cityscapes", "cityscapes").video("train", "aachen").read(0);
    assertThat(read.labels().orElseThrow().labels()).isEqualTo(drawn.scene(0).labels());
    assertThat(read.name()).isEqualTo("aachen_000000_000019");
  }

  @Test
  void everyTenthFrameOfCocoVideosIsAnnotatedInCocosCategories() {
    Video video = open("coco-videos", "coco-videos").video("test", "bangkok", ALL);
    assertThat(video.frameName(0)).isEqualTo("bangkok_0001");
    for (int i = 0; i < FRAMES; i++) {
      assertThat(video.annotated(i)).isEqualTo(i % 10 == 0);
    }
    PanopticMap map = video.read(10).truth().panoptic().orElseThrow();
    List<ClassDefinition> classes = Catalog.builtIn().definition("coco-videos").classes();
    assertThat(map.segments())
        .extracting(segment -> classes.get(segment.classId()).name())
        .contains("road", "sky-other-merged", "building-other-merged", "car")
        .doesNotContain("stop sign");
    // Poles are of no category of COCO's.
    assertThat(map.ids()).contains(PanopticMap.UNSCORED);
    Map<Integer, Long> stuff =
        map.segments().stream()
            .map(PanopticSegment::classId)
            .filter(id -> !classes.get(id).thing())
            .collect(Collectors.groupingBy(id -> id, Collectors.counting()));
    assertThat(stuff.values()).containsOnly(1L);
  }

  @Test
  void cocosObjectsAreItsSegmentsOfThings() {
    Frame still = open("coco-panoptic", "coco-panoptic").videos("train", ALL).get(0).read(0);
    List<ClassDefinition> classes = Catalog.builtIn().definition("coco-panoptic").classes();
    List<Integer> things =
        still.truth().panoptic().orElseThrow().segments().stream()
            .map(PanopticSegment::classId)
            .filter(id -> classes.get(id).thing())
            .toList();
    assertThat(things).isNotEmpty();
    assertThat(still.truth().instances().orElseThrow())
        .extracting(object -> object.classId())
        .containsExactlyInAnyOrderElementsOf(things);
  }

  @Test
  void theSameIsWrittenEveryTime() throws IOException {
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    new Miniature(1).writeTo(one);
    new Miniature(1).writeTo(Files.createDirectories(two));
    List<Path> files = files(one);
    assertThat(files).hasSizeGreaterThan(60);
    assertThat(files(two)).isEqualTo(files);
    for (Path file : files) {
      assertThat(two.resolve(file)).hasSameBinaryContentAs(one.resolve(file));
    }
  }

  private static List<Path> files(Path root) throws IOException {
    try (Stream<Path> files = Files.walk(root)) {
      return files.filter(Files::isRegularFile).map(root::relativize).sorted().toList();
    }
  }

  @Test
  void whatIsThereStays() throws IOException {
    Path mine = Files.writeString(folder.resolve("mine.txt"), "mine");
    assertThatThrownBy(() -> new Miniature(1).writeTo(folder))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage(folder + ": is there already and not empty; name a new folder");
    assertThatThrownBy(() -> new Miniature(1).writeTo(mine))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("name a new folder");
    assertThat(mine).hasContent("mine");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(mine);
    }
  }

  @Test
  void nothingIsLeftWhereItCannotBeWritten() throws IOException {
    Path file = Files.writeString(folder.resolve("file"), "no folder");
    assertThatThrownBy(() -> new Miniature(1).writeTo(file.resolve("miniature")))
        .isInstanceOf(InvalidInputException.class)
        .hasMessageContaining("cannot be written");
    try (Stream<Path> left = Files.list(folder)) {
      assertThat(left).containsExactly(file);
    }
  }

  @Test
  void aNumberOfFramesOutOfRangeIsRefused() {
    assertThatThrownBy(() -> new Miniature(0))
        .isInstanceOf(InvalidInputException.class)
        .hasMessage("a miniature's videos have 1 to 100 frames, not 0");
  }
}
