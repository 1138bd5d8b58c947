/**
 * The Y-shaped network on DJL and its parts that every architecture shares: encoder f, main head h,
 * reconstruction decoder g, their parameters, losses and initial values.
 */
package io.videottt.model;
