using System.Diagnostics;
using System.Diagnostics.Metrics;
using PerfMarketing.Workflows;

namespace PerfMarketing.Tests.Workflows;

/// <summary>Listens to what the test tells that made it, and to no test beside it.</summary>
internal sealed class TelemetryProbe : IDisposable
{
    // Flows with the calls of one test; other tests run at the same time in the same process.
    private static readonly AsyncLocal<TelemetryProbe?> Current = new();

    private readonly ActivityListener activities;
    private readonly MeterListener meters;

    public TelemetryProbe()
    {
        Current.Value = this;
        activities = new()
        {
            ShouldListenTo = static source => source.Name == WorkflowTelemetry.SourceName,
            Sample = (ref _) => Current.Value == this
                ? ActivitySamplingResult.AllDataAndRecorded
                : ActivitySamplingResult.None,
            ActivityStopped = activity =>
            {
                if (Current.Value == this)
                {
                    Activities.Add(activity);
                }
            },
        };
        meters = new()
        {
            InstrumentPublished = (instrument, listener) =>
            {
                if (instrument.Meter.Name == WorkflowTelemetry.SourceName)
                {
                    listener.EnableMeasurementEvents(instrument);
                }
            },
        };
        meters.SetMeasurementEventCallback<long>((instrument, value, tags, _) =>
        {
            if (Current.Value == this)
            {
                Counts.Add((instrument, value, tags.ToArray()));
            }
        });
        ActivitySource.AddActivityListener(activities);
        meters.Start();
    }

    public List<Activity> Activities { get; } = [];

    public List<(Instrument Instrument, long Value, KeyValuePair<string, object?>[] Tags)> Counts { get; } = [];

    /// <summary>Each activity: its name without the prefix, its tags and its status when it is an error.</summary>
    public string[] ActivityTexts() =>
    [
        .. Activities.Select(static a => Text(a.OperationName, a.TagObjects)
            + (a.Status == ActivityStatusCode.Error ? " failed" : string.Empty)),
    ];

    /// <summary>What one counter counted: the values of the tags, and how many.</summary>
    public string[] CountTexts(string name) =>
    [
        .. Counts.Where(c => c.Instrument.Name == name)
            .GroupBy(static c => string.Join(' ', c.Tags.Select(static t => t.Value)))
            .Select(static g => $"{g.Key}: {g.Sum(static c => c.Value)}"),
    ];

    public void Dispose()
    {
        Current.Value = null;
        activities.Dispose();
        meters.Dispose();
    }

    private static string Text(string name, IEnumerable<KeyValuePair<string, object?>> tags) =>
        string.Join(' ', tags.Select(static t => t.Value).Prepend(name["perfmarketing.".Length..]));
}
