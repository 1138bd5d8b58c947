package io.videottt.outside;

import io.videottt.base.InvalidInputException;
import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.LabelPolicy;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.SourceClasses;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.definition.VideoSource;
import io.videottt.catalog.file.FolderListing;
import io.videottt.catalog.file.InputFiles;
import io.videottt.catalog.file.StoredFiles;
import io.videottt.catalog.image.LabelMap;
import io.videottt.catalog.image.RgbImage;
import io.videottt.catalog.video.Frame;
import io.videottt.catalog.video.GroundTruth;
import io.videottt.catalog.video.Video;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;

/**
 * A layout as somebody else would write it, with videos of their own: a video is a text file, each
 * line a frame of one gray value and, if it is annotated, one class.
 *
 * @param suffix what follows a video's id in its file's name
 * @param side height and width of the frames, pixels, 1 to 64
 */
public record FilmLayout(String suffix, int side) implements Layout {

  private static final int LARGEST = 1 << 16;

  public FilmLayout() {
    this(null, 0);
  }

  public FilmLayout {
    suffix = suffix == null ? ".film" : suffix;
    side = side == 0 ? 2 : side;
    if (side < 1 || side > 64) {
      throw new InvalidInputException("side is %d, expected 1 to 64".formatted(side));
    }
  }

  @Override
  public String type() {
    return "film";
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new Films(this, definition, new SourceClasses(definition), hadoop);
  }

  private record Films(
      FilmLayout layout, DataSetDefinition definition, SourceClasses classes, Configuration hadoop)
      implements VideoSource {

    @Override
    public List<String> videoIds(SplitDefinition split) {
      Set<String> found =
          FolderListing.of(definition.rootFolder(), hadoop).named(layout.suffix).keySet();
      return split.videos().isEmpty() ? found.stream().sorted().toList() : split.videos();
    }

    private Path file(String id) {
      return StoredFiles.child(definition.rootFolder(), id + layout.suffix);
    }

    @Override
    public Video video(SplitDefinition split, String id, Set<Task> tasks) {
      String text =
          new String(StoredFiles.read(file(id), LARGEST, hadoop), StandardCharsets.US_ASCII);
      boolean labels = split.labels() != LabelPolicy.NONE && !tasks.isEmpty();
      return new Film(
          id,
          split.framesPerSecond(definition),
          text.lines().toList(),
          labels,
          file(id).toString(),
          layout.side,
          classes);
    }

    @Override
    public void addFiles(SplitDefinition split, String id, InputFiles files) {
      files.addFile("film", file(id));
    }
  }

  private record Film(
      String id,
      double framesPerSecond,
      List<String> lines,
      boolean labels,
      String source,
      int side,
      SourceClasses classes)
      implements Video {

    @Override
    public int frameCount() {
      return lines.size();
    }

    @Override
    public String frameName(int index) {
      return "line-" + (index + 1);
    }

    @Override
    public boolean annotated(int index) {
      return labels && lines.get(index).contains(" ");
    }

    @Override
    public Frame read(int index) {
      String[] words = lines.get(index).split(" ");
      byte[] pixels = new byte[3 * side * side];
      Arrays.fill(pixels, (byte) number(words[0], index));
      GroundTruth truth = GroundTruth.none();
      if (annotated(index)) {
        byte[] map = new byte[side * side];
        int known = classes.of(number(words[1], index));
        if (known == SourceClasses.UNKNOWN) {
          throw classes.unknown("%s: line %d: %s".formatted(source, index + 1, words[1]));
        }
        Arrays.fill(map, (byte) known);
        truth = GroundTruth.ofLabels(new LabelMap(side, side, map));
      }
      return new Frame(index, frameName(index), new RgbImage(side, side, pixels), truth);
    }

    private int number(String word, int index) {
      if (!word.matches("[0-9]{1,3}")) {
        throw new InvalidInputException(
            "%s: line %d: '%s' is no value from 0 to 255".formatted(source, index + 1, word));
      }
      return Integer.parseInt(word);
    }

    @Override
    public List<String> unmatched() {
      return lines.size() > 100 ? List.of(source + ": longer than any film") : List.of();
    }
  }
}
