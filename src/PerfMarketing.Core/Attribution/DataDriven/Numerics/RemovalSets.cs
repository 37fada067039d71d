namespace PerfMarketing.Attribution.DataDriven.Numerics;

/// <summary>Which states are taken out with which of the removed sets of channels.</summary>
internal sealed class RemovalSets
{
    /// <summary>How many sets one mask holds.</summary>
    internal const int Lanes = 8;

    private readonly byte[][] masks;

    internal RemovalSets(ChainGraph graph, int[] setOf, int count)
    {
        Count = count;
        masks = new byte[(count + Lanes - 1) / Lanes][];
        for (int i = 0; i < masks.Length; i++)
        {
            masks[i] = new byte[graph.Count];
        }

        for (int place = 0; place < graph.Count; place++)
        {
            foreach (ushort channel in graph.States.Window(graph.Order[place]))
            {
                int set = setOf[channel];
                masks[set / Lanes][place] |= (byte)(1 << (set % Lanes));
            }
        }
    }

    internal int Count { get; }

    /// <summary>A byte for each state, a bit for each of eight sets.</summary>
    internal byte[] Masks(int eight) => masks[eight];

    internal bool Has(int set, int place) => (masks[set / Lanes][place] >> (set % Lanes) & 1) != 0;
}
