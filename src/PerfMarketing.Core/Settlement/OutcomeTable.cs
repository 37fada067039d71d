using System.Collections;
using System.Numerics;
using PerfMarketing.Identity;

namespace PerfMarketing.Settlement;

/// <summary>Outcomes by their names, in the order in which they came; none is ever removed.</summary>
/// <remarks>
/// What is looked up is mostly new, and there are millions: a slot holds the number of an outcome and, in the bits that
/// the number leaves, those of the hash that did not choose the slot. So who is not there is told from one small table,
/// and nothing of the outcomes themselves is read.
/// </remarks>
internal sealed class OutcomeTable : IReadOnlyCollection<OutcomeState>
{
    private const int SlotsMin = 16;

    // Twice as many slots as there is room for; 0 is empty, else the low bits are the number of an outcome, from 1.
    private uint[] slots = new uint[SlotsMin];
    private OutcomeState[] states = new OutcomeState[SlotsMin / 2];
    private uint[] hashes = new uint[SlotsMin / 2];

    /// <inheritdoc/>
    public int Count { get; private set; }

    /// <summary>The outcome; null when it is not there.</summary>
    /// <param name="id">Its name.</param>
    public OutcomeState? Find(OutcomeId id) => NumberOf(id, HashOf(id)) is >= 0 and int number ? states[number] : null;

    /// <summary>Adds an outcome, or puts what is known of it now in the place of what was.</summary>
    /// <param name="state">What is known of it.</param>
    public void Set(OutcomeState state)
    {
        uint hash = HashOf(state.Id);
        int number = NumberOf(state.Id, hash);
        if (number >= 0)
        {
            states[number] = state;
        }
        else
        {
            Add(state, hash);
        }
    }

    /// <summary>Adds an outcome that is not there.</summary>
    /// <param name="state">What is known of it.</param>
    public void Add(OutcomeState state) => Add(state, HashOf(state.Id));

    /// <summary>Makes room.</summary>
    /// <param name="more">How many outcomes may come.</param>
    public void Expect(int more)
    {
        int room = checked(Count + more);
        if (room > states.Length)
        {
            Resize(checked((int)BitOperations.RoundUpToPowerOf2((uint)room)));
        }
    }

    /// <inheritdoc/>
    public IEnumerator<OutcomeState> GetEnumerator()
    {
        for (int i = 0; i < Count; i++)
        {
            yield return states[i];
        }
    }

    /// <inheritdoc/>
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    private static uint HashOf(OutcomeId id) => unchecked((uint)id.GetHashCode());

    private int NumberOf(OutcomeId id, uint hash)
    {
        uint[] own = slots;
        uint mask = (uint)own.Length - 1;
        for (uint place = hash & mask; own[place] is not 0 and uint slot; place = (place + 1) & mask)
        {
            int number = (int)(slot & mask) - 1;
            if (((slot ^ hash) & ~mask) == 0 && states[number].Id == id)
            {
                return number;
            }
        }

        return -1;
    }

    private void Add(OutcomeState state, uint hash)
    {
        if (Count == states.Length)
        {
            Resize(2 * Count);
        }

        (states[Count], hashes[Count]) = (state, hash);
        Count++;
        Place(hash, (uint)Count);
    }

    private void Resize(int room)
    {
        Array.Resize(ref states, room);
        Array.Resize(ref hashes, room);
        slots = new uint[2 * room];
        for (int i = 0; i < Count; i++)
        {
            Place(hashes[i], (uint)i + 1);
        }
    }

    private void Place(uint hash, uint number)
    {
        uint mask = (uint)slots.Length - 1;
        uint place = hash & mask;
        while (slots[place] != 0)
        {
            place = (place + 1) & mask;
        }

        slots[place] = (hash & ~mask) | number;
    }
}
