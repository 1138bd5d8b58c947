package io.videottt.catalog.miniature;

import io.videottt.catalog.Catalog;
import io.videottt.catalog.definition.ClassDefinition;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.SplitDefinition;
import io.videottt.catalog.folders.KittiStepLayout;
import io.videottt.catalog.scenes.GeneratedVideo;
import io.videottt.catalog.scenes.SceneImage;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/**
 * KITTI-STEP in small: the 21 videos of the catalogue by their names, every frame annotated in a
 * panoptic map whose red is the class and whose green and blue are the instance. As in the
 * published maps, classes other than persons and cars have no instances.
 *
 * @param parent folder that the data set's folder is made in
 * @param frames of every video
 */
record MiniatureKittiStep(Path parent, int frames) {

  static final String FOLDER = "kitti_step";

  private static final int GROUP = 1;

  /** Writes images and maps and tells the number of images. */
  int write() throws IOException {
    DataSetDefinition definition = Catalog.builtIn().definition("kitti-step");
    KittiStepLayout layout = (KittiStepLayout) definition.layout();
    Path root = parent.resolve(FOLDER);
    int number = 0;
    for (SplitDefinition split : definition.splits().values()) {
      for (String id : split.videos()) {
        Path images = root.resolve(layout.images()).resolve(split.folder()).resolve(id);
        Path maps = root.resolve(layout.labels()).resolve(split.folder()).resolve(id);
        GeneratedVideo video = MiniatureScenes.drive(id, frames, GROUP, number++);
        for (int i = 0; i < frames; i++) {
          SceneImage scene = video.scene(i);
          PictureFiles.writeColour(
              images.resolve(video.frameName(i) + layout.imageSuffix()), video.image(i, scene));
          PictureFiles.writeColour(
              maps.resolve(video.frameName(i) + layout.labelSuffix()),
              scene.height(),
              scene.width(),
              pixel -> step(scene, pixel, definition.classes()));
        }
      }
    }
    return number * frames;
  }

  private static int step(SceneImage scene, int pixel, List<ClassDefinition> classes) {
    int id = scene.labels()[pixel] & 0xff;
    boolean thing = id < classes.size() && classes.get(id).thing();
    return id << 16 | (thing ? scene.instances()[pixel] & 0xffff : 0);
  }
}
