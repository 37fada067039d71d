using System.Runtime.InteropServices;
using PerfMarketing.Identity;
using PerfMarketing.Primitives;

namespace PerfMarketing.Proofs.Traffic;

/// <summary>What has been seen of a stream of results, so that rules can look beside each of them.</summary>
/// <remarks>
/// <para>
/// Part of the state of a campaign, made of records: each result is looked at once in each of its rooms, with what was
/// there when it came, and what was found then stays found. What occurred after a result is not looked at, also when
/// it came first. Of one room at most <see cref="TrafficHistory.CountMax"/> results are remembered, and one decision
/// looks at two rooms for each of its rules.
/// </para>
/// <para>
/// Windows of partitions are merged. Deterministic: no clock, no chance. Not thread-safe.
/// </para>
/// </remarks>
public sealed class TrafficWindow : ITerms
{
    /// <summary>The version of the written form.</summary>
    public const int Format = 1;

    private readonly Dictionary<TrafficRoom, TrafficHistory> rooms = [];
    private readonly Dictionary<(OutcomeId Outcome, TrafficRoom Room), ValueList<TrafficSignal>> seen = [];

    /// <summary>The rooms in which something was seen, in no order.</summary>
    public IReadOnlyCollection<TrafficRoom> Rooms => rooms.Keys;

    /// <summary>Reads a window.</summary>
    /// <param name="terms">The terms.</param>
    public static TrafficWindow Read(TermReader terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Format(Format);
        TrafficWindow window = new();
        foreach ((TrafficRoom room, TrafficHistory history) in terms.List(
            "rooms", static t => (t.Object("room", TrafficRoom.Read), t.Object("history", TrafficHistory.Read))))
        {
            window.rooms[room] = history;
        }

        foreach (TrafficFinding found in terms.List("seen", TrafficFinding.Read))
        {
            window.seen[(found.Outcome, found.Room)] = found.Signals;
        }

        return window;
    }

    /// <summary>What was seen in a room; null when nothing was.</summary>
    /// <param name="room">The room.</param>
    public TrafficHistory? HistoryOf(TrafficRoom room) => rooms.GetValueOrDefault(room);

    /// <summary>What was found when a result was seen in a room; null when it was not seen there.</summary>
    /// <param name="outcome">The result.</param>
    /// <param name="room">The room.</param>
    public ValueList<TrafficSignal>? FoundIn(OutcomeId outcome, TrafficRoom room) =>
        seen.GetValueOrDefault((outcome, room));

    /// <summary>Looks at a result in the rooms in which it was not seen yet.</summary>
    /// <param name="subject">The result.</param>
    /// <returns>What is found, room by room; nothing changes until it is added.</returns>
    public IEnumerable<TrafficFinding> Look(TrafficSubject subject)
    {
        ArgumentNullException.ThrowIfNull(subject);
        foreach (TrafficLens lens in subject.Lenses)
        {
            TrafficRoom room = subject.RoomOf(lens);
            if (!seen.ContainsKey((subject.Case.Outcome.Id, room)))
            {
                yield return new(room, subject.Sighting, TrafficRules.Judge(subject, lens, this));
            }
        }
    }

    /// <summary>Remembers a result in a room; one that was seen there changes nothing.</summary>
    /// <param name="finding">The result, and what was found.</param>
    public void Add(TrafficFinding finding)
    {
        ArgumentNullException.ThrowIfNull(finding);
        if (!seen.TryAdd((finding.Outcome, finding.Room), finding.Signals))
        {
            return;
        }

        ref TrafficHistory? history = ref CollectionsMarshal.GetValueRefOrAddDefault(rooms, finding.Room, out _);
        history ??= new();
        history.Add(finding.Sighting);
    }

    /// <summary>Takes in what another partition has seen.</summary>
    /// <param name="other">The other window; it is not changed.</param>
    public void Merge(TrafficWindow other)
    {
        ArgumentNullException.ThrowIfNull(other);
        foreach ((TrafficRoom room, TrafficHistory history) in other.rooms)
        {
            ref TrafficHistory? own = ref CollectionsMarshal.GetValueRefOrAddDefault(rooms, room, out _);
            own ??= new();
            own.Merge(history);
        }

        foreach (((OutcomeId Outcome, TrafficRoom Room) key, ValueList<TrafficSignal> signals) in other.seen)
        {
            seen.TryAdd(key, signals);
        }
    }

    /// <inheritdoc/>
    public void Write(TermWriter terms)
    {
        ArgumentNullException.ThrowIfNull(terms);
        terms.Integer("format", Format);
        terms.List("rooms", rooms.Select(static r => new RoomTerms(r.Key, r.Value)).ToValueList());
        terms.List("seen", seen
            .Select(static s => new TrafficFinding(s.Key.Room, new(s.Key.Outcome, default), s.Value)).ToValueList());
    }

    private readonly record struct RoomTerms(TrafficRoom Room, TrafficHistory History) : ITerms
    {
        public void Write(TermWriter terms)
        {
            terms.Terms("room", Room);
            terms.Terms("history", History);
        }
    }
}
