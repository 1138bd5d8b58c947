package io.videottt.jobs;

import ai.djl.Device;
import ai.djl.engine.Engine;
import io.videottt.metrics.InvalidInputException;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.TaskContext;
import org.apache.spark.resource.ResourceInformation;

/** Turns {@code auto}, {@code cpu} or {@code gpu:N} into a device. */
final class DeviceChoice {

  static final String AUTO = "auto";

  private static final Pattern GPU = Pattern.compile("gpu:(\\d{1,3})");
  private static final String GPU_RESOURCE = "gpu";

  private DeviceChoice() {}

  /**
   * Checks the word only, so that a mistake is found before anything starts.
   *
   * @throws InvalidInputException when it is none of the three
   */
  static void check(String choice) {
    if (!choice.equals(AUTO) && !choice.equals("cpu") && !GPU.matcher(choice).matches()) {
      throw new InvalidInputException(
          "--device is '%s', expected auto, cpu or gpu:N".formatted(choice));
    }
  }

  /**
   * The device to use in this process or task.
   *
   * @throws InvalidInputException when a GPU is asked for that is not there
   */
  static Device resolve(String choice) {
    check(choice);
    if (choice.equals("cpu")) {
      return Device.cpu();
    }
    int gpus = Engine.getInstance().getGpuCount();
    if (choice.equals(AUTO)) {
      return assigned().map(Device::gpu).orElseGet(() -> gpus > 0 ? Device.gpu(0) : Device.cpu());
    }
    Matcher matcher = GPU.matcher(choice);
    matcher.matches();
    int index = Integer.parseInt(matcher.group(1));
    if (index >= gpus) {
      throw new InvalidInputException(
          "--device %s: this machine shows %d GPU(s) to the engine; use auto or cpu"
              .formatted(choice, gpus));
    }
    return Device.gpu(index);
  }

  /** The GPU that Spark gave to the running task, if any. */
  private static Optional<Integer> assigned() {
    TaskContext context = TaskContext.get();
    if (context == null) {
      return Optional.empty();
    }
    ResourceInformation gpu = context.resourcesJMap().get(GPU_RESOURCE);
    if (gpu == null || gpu.addresses().length == 0) {
      return Optional.empty();
    }
    String address = gpu.addresses()[0];
    try {
      return Optional.of(Integer.parseInt(address));
    } catch (NumberFormatException e) {
      throw new InvalidInputException(
          "Spark gave this task the GPU '%s', expected a number; check the discovery script"
              .formatted(address));
    }
  }

  /** The device in the words of {@code --device}. */
  static String name(Device device) {
    return device.isGpu() ? "gpu:" + device.getDeviceId() : "cpu";
  }
}
