namespace PerfMarketing.Budgets.Pacing;

/// <summary>A hash of an id that is the same in every process and on every machine; not for secrets.</summary>
internal static class StableHash
{
    internal static ulong Of(string id)
    {
        unchecked
        {
            // FNV-1a over UTF-16 units, then the finaliser of MurmurHash3, so that short ids spread over all bits.
            ulong hash = 14_695_981_039_346_656_037;
            foreach (char unit in id)
            {
                hash = (hash ^ unit) * 1_099_511_628_211;
            }

            hash = (hash ^ (hash >> 33)) * 0xFF51_AFD7_ED55_8CCD;
            hash = (hash ^ (hash >> 33)) * 0xC4CE_B9FE_1A85_EC53;
            return hash ^ (hash >> 33);
        }
    }
}
