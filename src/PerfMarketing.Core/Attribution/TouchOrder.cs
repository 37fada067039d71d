namespace PerfMarketing.Attribution;

/// <summary>The one order of touches: instant, sequence, id; without ids, as they came.</summary>
internal static class TouchOrder
{
    // So few ids are told apart sooner by comparing them all than by hashing each.
    private const int FewCount = 8;

    /// <summary>Sorts the positions of touches, stably, and marks those that repeat the id of another touch.</summary>
    /// <param name="touches">The touches, in any order.</param>
    /// <param name="order">Receives the positions, oldest touch first.</param>
    /// <param name="spare">Scratch, as long as <paramref name="order"/>.</param>
    internal static void Sort(ReadOnlySpan<JourneyTouch> touches, Span<int> order, Span<int> spare)
    {
        bool sorted = true;
        for (int i = 0; i < touches.Length; i++)
        {
            order[i] = i;
            sorted = sorted && (i == 0 || Compare(touches[i - 1], touches[i]) <= 0);
        }

        if (sorted)
        {
            return;
        }

        // Bottom-up merge sort: stable, no recursion, n·log n whatever the input.
        Span<int> from = order;
        Span<int> to = spare;
        for (int width = 1; width < from.Length; width *= 2)
        {
            for (int start = 0; start < from.Length; start += 2 * width)
            {
                int middle = Math.Min(start + width, from.Length);
                Merge(touches, from, to, start, middle, Math.Min(middle + width, from.Length));
            }

            Span<int> swapped = from;
            from = to;
            to = swapped;
        }

        if (from != order)
        {
            from.CopyTo(order);
        }
    }

    /// <summary>Marks every touch but one of each id as a duplicate; the one recorded first stays.</summary>
    internal static void MarkDuplicates(
        ReadOnlySpan<JourneyTouch> touches, ReadOnlySpan<int> order, Span<TouchFate> fates, Span<int> slots)
    {
        if (order.Length <= FewCount)
        {
            MarkFewDuplicates(touches, order, fates);
            return;
        }

        slots.Clear();
        foreach (int position in order)
        {
            ref readonly JourneyTouch touch = ref touches[position];
            if (touch.Id.IsUnset)
            {
                continue;
            }

            int slot = touch.Id.GetHashCode() & (slots.Length - 1);
            while (slots[slot] != 0 && touches[slots[slot] - 1].Id != touch.Id)
            {
                slot = (slot + 1) & (slots.Length - 1);
            }

            int kept = slots[slot] - 1;
            if (kept < 0 || touch.RecordedAt < touches[kept].RecordedAt)
            {
                slots[slot] = position + 1;
            }

            if (kept >= 0)
            {
                fates[touch.RecordedAt < touches[kept].RecordedAt ? kept : position] = TouchFate.Duplicate;
            }
        }
    }

    private static void MarkFewDuplicates(
        ReadOnlySpan<JourneyTouch> touches, ReadOnlySpan<int> order, Span<TouchFate> fates)
    {
        Span<int> marks = stackalloc int[FewCount];
        for (int i = 0; i < order.Length; i++)
        {
            ref readonly JourneyTouch touch = ref touches[order[i]];
            marks[i] = touch.Id.IsUnset ? 0 : MarkOf(touch.Id.Value);
            for (int j = 0; j < i && marks[i] != 0; j++)
            {
                int kept = order[j];
                if (marks[j] == marks[i] && fates[kept] != TouchFate.Duplicate && touches[kept].Id == touch.Id)
                {
                    fates[touch.RecordedAt < touches[kept].RecordedAt ? kept : order[i]] = TouchFate.Duplicate;
                    break;
                }
            }
        }
    }

    // The last two characters, in which ids that count up differ, and one from the middle; never 0.
    private static int MarkOf(string id) => id[^1] | (id[id.Length / 2] << 8) | (id[^Math.Min(2, id.Length)] << 16);

    private static void Merge(
        ReadOnlySpan<JourneyTouch> touches, ReadOnlySpan<int> from, Span<int> to, int start, int middle, int end)
    {
        int left = start;
        int right = middle;
        for (int target = start; target < end; target++)
        {
            bool takeLeft = right >= end || (left < middle && Compare(touches[from[left]], touches[from[right]]) <= 0);
            to[target] = takeLeft ? from[left++] : from[right++];
        }
    }

    private static int Compare(in JourneyTouch left, in JourneyTouch right)
    {
        int result = left.At.CompareTo(right.At);
        if (result == 0)
        {
            // Claims come after every touch, whatever its sequence.
            result = (left.Claim is not null).CompareTo(right.Claim is not null);
        }

        if (result == 0)
        {
            result = left.Sequence.CompareTo(right.Sequence);
        }

        if (result == 0)
        {
            result = left.Id.CompareTo(right.Id);
        }

        return result != 0 || left.Id.IsUnset ? result : CompareDuplicates(left, right);
    }

    // Two touches with one id: only their content can order them.
    private static int CompareDuplicates(in JourneyTouch left, in JourneyTouch right)
    {
        int result = left.RecordedAt.CompareTo(right.RecordedAt);
        if (result == 0)
        {
            result = left.Partner.CompareTo(right.Partner);
        }

        if (result == 0)
        {
            result = string.CompareOrdinal(left.Kind.ToString(), right.Kind.ToString());
        }

        if (result == 0)
        {
            result = left.Channel.CompareTo(right.Channel);
        }

        if (result == 0)
        {
            result = left.IsTest.CompareTo(right.IsTest);
        }

        return result != 0 || left.Facts == right.Facts ? result
            : string.CompareOrdinal(string.Join('\n', left.Facts), string.Join('\n', right.Facts));
    }
}
