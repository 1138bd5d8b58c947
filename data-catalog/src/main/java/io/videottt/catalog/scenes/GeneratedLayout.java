package io.videottt.catalog.scenes;

import io.videottt.base.Task;
import io.videottt.catalog.definition.DataSetDefinition;
import io.videottt.catalog.definition.Layout;
import io.videottt.catalog.definition.VideoSource;
import java.util.Set;
import org.apache.hadoop.conf.Configuration;

/** The embedded street scenes: no files, every frame is computed. */
public record GeneratedLayout() implements Layout {

  @Override
  public String type() {
    return "generated";
  }

  @Override
  public String reading() {
    return "Generated";
  }

  @Override
  public Set<Task> tasks() {
    return Task.segmentation();
  }

  @Override
  public boolean computed() {
    return true;
  }

  @Override
  public VideoSource open(DataSetDefinition definition, Configuration hadoop) {
    return new GeneratedVideos(definition);
  }
}
