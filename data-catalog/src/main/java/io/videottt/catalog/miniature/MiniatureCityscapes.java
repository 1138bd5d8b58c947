package io.videottt.catalog.miniature;

import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.folders.CityscapesLayout;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.SceneImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * Cityscapes in small: stills of three of its cities with maps of the 34 label ids.
 *
 * @param parent folder that the data set's folder is made in
 * @param frames of every city
 */
record MiniatureCityscapes(Path parent, int frames) {

  static final String FOLDER = "cityscapes";

  private static final int GROUP = 2;
  private static final Map<String, List<String>> CITIES =
      Map.of("train", List.of("aachen", "bochum"), "val", List.of("frankfurt"));

  /** Writes images and maps and tells the number of images. */
  int write() throws IOException {
    DataSetDefinition definition = Catalog.builtIn().definition("cityscapes");
    CityscapesLayout layout = (CityscapesLayout) definition.layout();
    Path root = parent.resolve(FOLDER);
    int number = 0;
    for (SplitDefinition split : definition.splits().values()) {
      for (String city : CITIES.get(split.folder())) {
        Path images = root.resolve(layout.images()).resolve(split.folder()).resolve(city);
        Path labels = root.resolve(layout.labels()).resolve(split.folder()).resolve(city);
        GeneratedVideo stills = MiniatureScenes.stills(city, frames, GROUP, number++);
        for (int i = 0; i < frames; i++) {
          SceneImage scene = stills.scene(i);
          // Of every published snippet, the twentieth frame is annotated.
          String name = "%s_%06d_000019".formatted(city, i);
          PictureFiles.writeColour(
              images.resolve(name + layout.imageSuffix()), stills.image(i, scene));
          PictureFiles.writeGray(
              labels.resolve(name + layout.labelSuffix()),
              scene.height(),
              scene.width(),
              pixel -> labelId(scene.labels()[pixel] & 0xff, definition.classes()));
        }
      }
    }
    return number * frames;
  }

  /** 0 is Cityscapes' "unlabeled". */
  private static int labelId(int id, List<ClassDefinition> classes) {
    return id < classes.size() ? Math.toIntExact(classes.get(id).sourceIds().get(0)) : 0;
  }
}
