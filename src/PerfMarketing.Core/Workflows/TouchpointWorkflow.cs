using System.Diagnostics;
using PerfMarketing.Events;
using PerfMarketing.Primitives;

namespace PerfMarketing.Workflows;

/// <summary>Records touchpoints: in batches, in any order, each once.</summary>
/// <remarks>
/// A touchpoint that comes late never changes who earned; an outcome that still waits is decided again with it when
/// <see cref="ConversionWorkflow"/> is next asked about the outcome. Thread-safe when the port is.
/// </remarks>
public sealed class TouchpointWorkflow
{
    private readonly IJourneyStore journeys;

    /// <summary>Makes the workflow.</summary>
    /// <param name="journeys">Where journeys are kept.</param>
    public TouchpointWorkflow(IJourneyStore journeys)
    {
        ArgumentNullException.ThrowIfNull(journeys);
        this.journeys = journeys;
    }

    /// <summary>Records touchpoints; those that something is wrong with are refused and hinder no others.</summary>
    /// <param name="batch">The touchpoints, in any order.</param>
    /// <param name="cancellationToken">Stops the call; the batch may be sent again.</param>
    /// <returns>One receipt for each touchpoint, in the order of the batch.</returns>
    public async ValueTask<ValueList<TouchpointReceipt>> RecordAsync(
        ValueList<Touchpoint> batch, CancellationToken cancellationToken)
    {
        ArgumentNullException.ThrowIfNull(batch);
        using Activity? activity = WorkflowTelemetry.Start(WorkflowTelemetry.Record);
        var receipts = new TouchpointReceipt[batch.Count];
        List<int> sound = [];
        for (int i = 0; i < receipts.Length; i++)
        {
            if (batch[i].Check() is { Count: > 0 } wrong)
            {
                receipts[i] = new(batch[i].Id, TouchAnswer.Refused, wrong[0]);
            }
            else
            {
                sound.Add(i);
            }
        }

        ValueList<TouchAnswer> answers = sound.Count == 0
            ? []
            : await journeys.RecordAsync([.. sound.Select(i => batch[i])], cancellationToken).ConfigureAwait(false);
        for (int i = 0; i < sound.Count; i++)
        {
            receipts[sound[i]] = new(batch[sound[i]].Id, answers[i]);
        }

        WorkflowTelemetry.Answer(activity, receipts);
        return ValueList.Create<TouchpointReceipt>(receipts);
    }
}
