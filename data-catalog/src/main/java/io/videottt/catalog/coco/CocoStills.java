package io.videottt.catalog.coco;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FileProblem;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.Leftovers;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.folders.FileVideo;
import io.videottt.catalog.folders.FrameFile;
import io.videottt.catalog.folders.FrameList;
import io.videottt.catalog.truth.TruthSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/** Stills in COCO's form: all images of a split are one video, in ascending order of their ids. */
final class CocoStills implements VideoSource {

  private static final String DEFAULT_ID = "stills";

  private final DataSetDefinition definition;
  private final SourceClasses classes;
  private final Path root;
  private final CocoFiles files;

  private final String images;
  private final Annotations annotations;

  /**
   * Places below the root that a split's folder completes; at least one of panoptic and instances.
   *
   * @param panoptic JSON file with images and segments
   * @param masks folder of the PNG files with the segments' ids
   * @param instances JSON file with the objects
   */
  record Annotations(
      Optional<String> panoptic, Optional<String> masks, Optional<String> instances) {}

  /**
   * @param images folder of the images, completed by a split's
   */
  CocoStills(
      DataSetDefinition definition, String images, Annotations annotations, Configuration hadoop) {
    this.definition = definition;
    this.classes = new SourceClasses(definition);
    this.root = definition.rootFolder();
    this.files = new CocoFiles(hadoop);
    this.images = images;
    this.annotations = annotations;
  }

  /** The one that the split names, or the last part of its folder. */
  @Override
  public List<String> videoIds(SplitDefinition split) {
    if (split.videos().size() > 1) {
      throw new InvalidInputException(
          "data set %s: videos names %d, but the stills of a split are one video"
              .formatted(definition.name(), split.videos().size()));
    }
    if (!split.videos().isEmpty()) {
      return split.videos();
    }
    String folder = split.folder().substring(split.folder().lastIndexOf('/') + 1);
    return List.of(folder.isEmpty() ? DEFAULT_ID : folder);
  }

  @Override
  public FileVideo video(SplitDefinition split, String id, Set<Task> tasks) {
    CocoTruths.Places places = places(split);
    Path folder = place(images, split);
    // The same file whatever the tasks, so that a frame has one number.
    Path listing = places.panoptic().or(places::instances).orElseThrow();
    List<CocoImage> listed;
    Function<CocoImage, String> frame;
    if (places.panoptic().isPresent()) {
      CocoSegmentList list = files.segments(listing);
      listed = list.images();
      frame = list::frame;
    } else {
      CocoObjectList list = files.objects(listing);
      listed = list.images();
      frame = list::frame;
    }
    Set<String> names = listed.stream().map(frame).collect(Collectors.toSet());
    Set<String> kept = names;
    List<FileProblem> unmatched = List.of();
    if (!split.list().isEmpty()) {
      FrameList list = FrameList.read(StoredFiles.child(root, split.list()), files.hadoop());
      kept = list.frames(id, names, "");
      unmatched = list.unmatched(id, names, "", folder);
    }
    Set<String> chosen = kept;
    CocoPaths paths = CocoPaths.of(listed.stream().map(CocoImage::fileName).toList());
    List<FrameFile> frames =
        listed.stream()
            .filter(image -> chosen.contains(frame.apply(image)))
            .map(image -> new FrameFile(frame.apply(image), file(image, folder, listing, paths)))
            .toList();
    if (frames.isEmpty()) {
      throw new InvalidInputException(
          "data set %s: %s names no image of %s".formatted(definition.name(), split.list(), id));
    }
    boolean unlabelled = split.labels() == LabelPolicy.NONE || tasks.isEmpty();
    TruthSource truths =
        unlabelled
            ? TruthSource.NONE
            : new CocoTruths(places, tasks, files, classes, split.labels(), names);
    return new FileVideo(
        id,
        split.framesPerSecond(definition),
        frames,
        truths,
        new Leftovers(unmatched, List.of()),
        files.hadoop());
  }

  @Override
  public void addFiles(SplitDefinition split, String id, InputFiles inputFiles) {
    List<FrameFile> frames = video(split, id, Set.of()).frames();
    inputFiles.addImages(frames.stream().map(FrameFile::image).toList());
    if (split.labels() != LabelPolicy.NONE) {
      places(split).addTo(inputFiles);
    }
  }

  private CocoTruths.Places places(SplitDefinition split) {
    Function<String, Path> inSplit = place -> place(place, split);
    return new CocoTruths.Places(
        annotations.panoptic().map(inSplit),
        annotations.masks().map(inSplit),
        annotations.instances().map(inSplit));
  }

  private Path file(CocoImage image, Path folder, Path listing, CocoPaths paths) {
    String what = "%s: image %s".formatted(listing, image.id());
    if (image.fileName().isEmpty()) {
      throw new InvalidInputException(
          "%s has no file_name; a data set needs it to find the picture".formatted(what));
    }
    return paths.in(folder, image.fileName(), what, files.hadoop());
  }

  private Path place(String name, SplitDefinition split) {
    String place = name.replace(CocoLayout.FOLDER, split.folder());
    return place.isEmpty() ? root : StoredFiles.child(root, place);
  }
}
