package io.videottt.catalog.coco;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.videottt.base.Task;
import io.videottt.catalog.CatalogCheck;
import io.videottt.catalog.DataSet;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.truth.SegmentTruth;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import io.videottt.io.config.StrictYaml;
import io.videottt.metrics.AreaRange;
import io.videottt.metrics.InstanceCounts;
import io.videottt.metrics.InstanceDetection;
import io.videottt.metrics.InstanceTruth;
import io.videottt.metrics.PanopticCounts;
import io.videottt.metrics.PanopticMap;
import io.videottt.metrics.PanopticQuality;
import io.videottt.metrics.PanopticSegment;
import io.videottt.metrics.SemanticCounts;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.hadoop.conf.Configuration;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Reads two images of the real COCO where the development data is at hand. */
class CocoSampleTest {

  private static final Path ROOT =
      Path.of("../../shared/data/coco-panoptic-sample").toAbsolutePath().normalize();
  private static final int CLASSES = 133;
  private static final Offset<Double> EXACT = within(1e-9);

  private static final String DEFINITION =
      """
      name: coco-sample
      root: ROOT
      layout:
        type: coco-panoptic
        images: sample_data/input_images
        panoptic: sample_data/panoptic_examples.json
        masks: sample_data/panoptic_examples
        instances: sample_data/panoptic_coco_detection_format.json
      framesPerSecond: 1
      splits:
        all: {folder: ""}
      classes: coco-133
      """;

  private DataSet sample;

  @BeforeEach
  void open() {
    assumeTrue(Files.isDirectory(ROOT), "no development data at " + ROOT);
    DataSetDefinition definition =
        StrictYaml.read(DEFINITION, "sample.yaml", DataSetDefinition.class);
    sample = DataSet.of(definition.withRoot(ROOT.toString()), new Configuration());
  }

  @Test
  void everySegmentAndObjectIsFound() {
    CatalogCheck check = sample.check(List.of("all"));
    assertThat(check.clean()).isTrue();
    CatalogCheck.Split split = check.splits().get(0);
    assertThat(split.annotatedFrames()).isEqualTo(2);
    assertThat(LongStream.of(split.segments()).sum()).isEqualTo(50);
    assertThat(LongStream.of(split.segments()).limit(80).sum()).isEqualTo(43);
    assertThat(split.objects()).startsWith(LongStream.of(split.segments()).limit(80).toArray());
    assertThat(LongStream.of(split.objects()).sum()).isEqualTo(43);
    assertThat(LongStream.of(split.pixels()).sum() + split.ignoredPixels())
        .isEqualTo(640 * 427 + 640 * 360);
  }

  @Test
  void scoredAgainstItselfItIsPerfect() {
    SemanticCounts semantic = new SemanticCounts(CLASSES);
    PanopticCounts panoptic = new PanopticCounts(CLASSES);
    InstanceCounts instances = new InstanceCounts(CLASSES);
    Video stills = sample.videos("all", Task.segmentation()).get(0);
    assertThat(stills.id()).isEqualTo("stills");
    assertThat(stills.frameName(0)).isEqualTo("000000142238");
    for (int i = 0; i < stills.frameCount(); i++) {
      GroundTruth truth = stills.read(i).truth();
      byte[] labels = truth.labels().orElseThrow().labels();
      semantic.add(labels, labels);
      PanopticMap map = truth.panoptic().orElseThrow();
      panoptic.add(stills.frameName(i), map, prediction(map));
      List<InstanceTruth> objects = truth.instances().orElseThrow();
      instances.add(
          stills.frameName(i),
          objects,
          objects.stream()
              .filter(object -> !object.crowd())
              .map(object -> new InstanceDetection(object.classId(), object.mask(), 1))
              .toList());
    }
    assertThat(semantic.meanIou().orElseThrow()).isCloseTo(100, EXACT);
    assertThat(panoptic.quality().map(PanopticQuality::pq).orElseThrow()).isCloseTo(100, EXACT);
    assertThat(instances.averagePrecision(AreaRange.ALL).orElseThrow()).isCloseTo(100, EXACT);
  }

  @Test
  void objectsOfTheFileAreTheSegmentsOfThings() {
    Video stills = sample.videos("all", Task.segmentation()).get(0);
    SourceClasses classes = new SourceClasses(sample.definition());
    for (int i = 0; i < stills.frameCount(); i++) {
      GroundTruth truth = stills.read(i).truth();
      List<InstanceTruth> drawn =
          new SegmentTruth(truth.panoptic().orElseThrow(), classes)
              .of(EnumSet.of(Task.INSTANCE))
              .instances()
              .orElseThrow();
      List<InstanceTruth> listed = truth.instances().orElseThrow();
      assertThat(drawn).hasSameSizeAs(listed);
      for (InstanceTruth object : drawn) {
        assertThat(listed)
            .anyMatch(
                other ->
                    other.classId() == object.classId()
                        && other.crowd() == object.crowd()
                        && other.area() == object.area()
                        && other.mask().intersection(object.mask()) == object.mask().area());
      }
    }
  }

  private static PanopticMap prediction(PanopticMap truth) {
    List<PanopticSegment> segments =
        truth.segments().stream()
            .map(segment -> PanopticSegment.predicted(segment.id(), segment.classId()))
            .toList();
    return new PanopticMap(truth.height(), truth.width(), truth.ids(), segments);
  }
}
