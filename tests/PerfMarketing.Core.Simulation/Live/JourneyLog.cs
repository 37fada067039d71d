using NodaTime;
using PerfMarketing.Events;
using PerfMarketing.Identity;
using PerfMarketing.Workflows;

namespace PerfMarketing.Simulation.Live;

/// <summary>
/// Which touchpoints and marks the store took in, and when in the order of all that was taken in: what a decision at
/// any point of that order could know.
/// </summary>
internal sealed class JourneyLog
{
    private readonly HashSet<TouchpointId> known = [];
    private readonly Dictionary<CustomerId, List<(long Sequence, Touchpoint Touch)>> touches = [];
    private readonly HashSet<OutcomeId> marked = [];
    private readonly Dictionary<CustomerId, List<(long Sequence, OutcomeMark Mark)>> marks = [];

    /// <summary>The number of what is taken in next.</summary>
    public long Sequence { get; set; }

    public void Add(Touchpoint touch)
    {
        if (known.Add(touch.Id))
        {
            ListOf(touches, touch.Customer).Add((Sequence++, touch));
        }
    }

    public void Add(OutcomeMark mark)
    {
        if (marked.Add(mark.Outcome))
        {
            ListOf(marks, mark.Customer).Add((Sequence++, mark));
        }
    }

    public IEnumerable<Touchpoint> TouchesOf(CustomerId customer, long sequence) =>
        ListOf(touches, customer).Where(t => t.Sequence < sequence).Select(static t => t.Touch);

    /// <summary>As <see cref="TouchesOf"/>, and what was recorded too late to count.</summary>
    public IEnumerable<Touchpoint> WithLateOf(CustomerId customer, long sequence, Instant asOf) =>
        ListOf(touches, customer).Where(t => t.Sequence < sequence || t.Touch.RecordedAt > asOf)
            .Select(static t => t.Touch);

    public Instant? PreviousOf(OutcomeId outcome, CustomerId customer, Instant at, Instant asOf, long sequence) =>
        ListOf(marks, customer)
            .Where(m => m.Sequence < sequence && m.Mark.RecordedAt <= asOf && m.Mark.Outcome != outcome
                && (m.Mark.At < at || (m.Mark.At == at
                    && string.CompareOrdinal(m.Mark.Outcome.Value, outcome.Value) < 0)))
            .Select(static m => (Instant?)m.Mark.At).Max();

    private static List<T> ListOf<T>(Dictionary<CustomerId, List<T>> lists, CustomerId customer)
    {
        if (!lists.TryGetValue(customer, out List<T>? list))
        {
            lists.Add(customer, list = []);
        }

        return list;
    }
}
