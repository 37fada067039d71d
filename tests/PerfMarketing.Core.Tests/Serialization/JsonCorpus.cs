namespace PerfMarketing.Tests.Serialization;

/// <summary>The texts of nst/JSONTestSuite, folder test_parsing (MIT): name, verdict, bytes in base64.</summary>
/// <remarks>
/// Names that start with y are JSON, with n are not, with i are left to the implementation; the verdict is ours, with
/// duplicate names counted as refusals. A line that starts with + goes on with the bytes of the line before.
/// Three texts too long for a list are made here.
/// </remarks>
internal static class JsonCorpus
{
    private const string Rows = """
        i_number_double_huge_neg_exp accept WzEyMy40NTZlLTc4OV0=
        i_number_huge_exp accept WzAuNGUwMDY2OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5
        + OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5
        + OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk5OTk2OTk5OTk5OTAwNl0=
        i_number_neg_int_huge_exp accept Wy0xZSs5OTk5XQ==
        i_number_pos_double_huge_exp accept WzEuNWUrOTk5OV0=
        i_number_real_neg_overflow accept Wy0xMjMxMjNlMTAwMDAwXQ==
        i_number_real_pos_overflow accept WzEyMzEyM2UxMDAwMDBd
        i_number_real_underflow accept WzEyM2UtMTAwMDAwMDBd
        i_number_too_big_neg_int accept Wy0xMjMxMjMxMjMxMjMxMjMxMjMxMjMxMjMxMjMxMjNd
        i_number_too_big_pos_int accept WzEwMDAwMDAwMDAwMDAwMDAwMDAwMF0=
        i_number_very_big_negative_int accept Wy0yMzc0NjIzNzQ2NzMyNzY4OTQyNzk4MzI3NDk4MzI0MjM0Nzk4MjMyNDYzMjc4NDZd
        i_object_key_lone_2nd_surrogate reject eyJcdURGQUEiOjB9
        i_string_1st_surrogate_but_2nd_missing reject WyJcdURBREEiXQ==
        i_string_1st_valid_surrogate_2nd_invalid reject WyJcdUQ4ODhcdTEyMzQiXQ==
        i_string_UTF-16LE_with_BOM reject //5bACIA6QAiAF0A
        i_string_UTF-8_invalid_sequence reject WyLml6XRiPoiXQ==
        i_string_UTF8_surrogate_U+D800 reject WyLtoIAiXQ==
        i_string_incomplete_surrogate_and_escape_valid reject WyJcdUQ4MDBcbiJd
        i_string_incomplete_surrogate_pair reject WyJcdURkMWVhIl0=
        i_string_incomplete_surrogates_escape_valid reject WyJcdUQ4MDBcdUQ4MDBcbiJd
        i_string_invalid_lonely_surrogate reject WyJcdWQ4MDAiXQ==
        i_string_invalid_surrogate reject WyJcdWQ4MDBhYmMiXQ==
        i_string_invalid_utf-8 reject WyL/Il0=
        i_string_inverted_surrogates_U+1D11E reject WyJcdURkMWVcdUQ4MzQiXQ==
        i_string_iso_latin_1 reject WyLpIl0=
        i_string_lone_second_surrogate reject WyJcdURGQUEiXQ==
        i_string_lone_utf8_continuation_byte reject WyKBIl0=
        i_string_not_in_unicode_range reject WyL0v7+/Il0=
        i_string_overlong_sequence_2_bytes reject WyLAryJd
        i_string_overlong_sequence_6_bytes reject WyL8g7+/v78iXQ==
        i_string_overlong_sequence_6_bytes_null reject WyL8gICAgIAiXQ==
        i_string_truncated-utf-8 reject WyLg/yJd
        i_string_utf16BE_no_BOM reject AFsAIgDpACIAXQ==
        i_string_utf16LE_no_BOM reject WwAiAOkAIgBdAA==
        i_structure_UTF-8_BOM_empty_object reject 77u/e30=
        n_array_1_true_without_comma reject WzEgdHJ1ZV0=
        n_array_a_invalid_utf8 reject W2HlXQ==
        n_array_colon_instead_of_comma reject WyIiOiAxXQ==
        n_array_comma_after_close reject WyIiXSw=
        n_array_comma_and_number reject WywxXQ==
        n_array_double_comma reject WzEsLDJd
        n_array_double_extra_comma reject WyJ4IiwsXQ==
        n_array_extra_close reject WyJ4Il1d
        n_array_extra_comma reject WyIiLF0=
        n_array_incomplete reject WyJ4Ig==
        n_array_incomplete_invalid_value reject W3g=
        n_array_inner_array_no_comma reject WzNbNF1d
        n_array_invalid_utf8 reject W/9d
        n_array_items_separated_by_semicolon reject WzE6Ml0=
        n_array_just_comma reject Wyxd
        n_array_just_minus reject Wy1d
        n_array_missing_value reject WyAgICwgIiJd
        n_array_newlines_unclosed reject WyJhIiwKNAosMSw=
        n_array_number_and_comma reject WzEsXQ==
        n_array_number_and_several_commas reject WzEsLF0=
        n_array_spaces_vertical_tab_formfeed reject WyILYSJcZl0=
        n_array_star_inside reject Wypd
        n_array_unclosed reject WyIi
        n_array_unclosed_trailing_comma reject WzEs
        n_array_unclosed_with_new_lines reject WzEsCjEKLDE=
        n_array_unclosed_with_object_inside reject W3t9
        n_incomplete_false reject W2ZhbHNd
        n_incomplete_null reject W251bF0=
        n_incomplete_true reject W3RydV0=
        n_multidigit_number_then_00 reject MTIzAA==
        n_number_++ reject WysrMTIzNF0=
        n_number_+1 reject WysxXQ==
        n_number_+Inf reject WytJbmZd
        n_number_-01 reject Wy0wMV0=
        n_number_-1.0. reject Wy0xLjAuXQ==
        n_number_-2. reject Wy0yLl0=
        n_number_-NaN reject Wy1OYU5d
        n_number_.-1 reject Wy4tMV0=
        n_number_.2e-3 reject Wy4yZS0zXQ==
        n_number_0.1.2 reject WzAuMS4yXQ==
        n_number_0.3e+ reject WzAuM2UrXQ==
        n_number_0.3e reject WzAuM2Vd
        n_number_0.e1 reject WzAuZTFd
        n_number_0_capital_E+ reject WzBFK10=
        n_number_0_capital_E reject WzBFXQ==
        n_number_0e+ reject WzBlK10=
        n_number_0e reject WzBlXQ==
        n_number_1.0e+ reject WzEuMGUrXQ==
        n_number_1.0e- reject WzEuMGUtXQ==
        n_number_1.0e reject WzEuMGVd
        n_number_1_000 reject WzEgMDAwLjBd
        n_number_1eE2 reject WzFlRTJd
        n_number_2.e+3 reject WzIuZSszXQ==
        n_number_2.e-3 reject WzIuZS0zXQ==
        n_number_2.e3 reject WzIuZTNd
        n_number_9.e+ reject WzkuZStd
        n_number_Inf reject W0luZl0=
        n_number_NaN reject W05hTl0=
        n_number_U+FF11_fullwidth_digit_one reject W++8kV0=
        n_number_expression reject WzErMl0=
        n_number_hex_1_digit reject WzB4MV0=
        n_number_hex_2_digits reject WzB4NDJd
        n_number_infinity reject W0luZmluaXR5XQ==
        n_number_invalid+- reject WzBlKy0xXQ==
        n_number_invalid-negative-real reject Wy0xMjMuMTIzZm9vXQ==
        n_number_invalid-utf-8-in-bigger-int reject WzEyM+Vd
        n_number_invalid-utf-8-in-exponent reject WzFlMeVd
        n_number_invalid-utf-8-in-int reject WzDlXQo=
        n_number_minus_infinity reject Wy1JbmZpbml0eV0=
        n_number_minus_sign_with_trailing_garbage reject Wy1mb29d
        n_number_minus_space_1 reject Wy0gMV0=
        n_number_neg_int_starting_with_zero reject Wy0wMTJd
        n_number_neg_real_without_int_part reject Wy0uMTIzXQ==
        n_number_neg_with_garbage_at_end reject Wy0xeF0=
        n_number_real_garbage_after_e reject WzFlYV0=
        n_number_real_with_invalid_utf8_after_e reject WzFl5V0=
        n_number_real_without_fractional_part reject WzEuXQ==
        n_number_starting_with_dot reject Wy4xMjNd
        n_number_with_alpha reject WzEuMmEtM10=
        n_number_with_alpha_char reject WzEuODAxMTY3MDAzMzM3NjUxNEgtMzA4XQ==
        n_number_with_leading_zero reject WzAxMl0=
        n_object_bad_value reject WyJ4IiwgdHJ1dGhd
        n_object_bracket_key reject e1s6ICJ4In0K
        n_object_comma_instead_of_colon reject eyJ4IiwgbnVsbH0=
        n_object_double_colon reject eyJ4Ijo6ImIifQ==
        n_object_emoji reject e/Cfh6jwn4etfQ==
        n_object_garbage_at_end reject eyJhIjoiYSIgMTIzfQ==
        n_object_key_with_single_quotes reject e2tleTogJ3ZhbHVlJ30=
        n_object_lone_continuation_byte_in_key_and_trailing_comma reject eyK5IjoiMCIsfQ==
        n_object_missing_colon reject eyJhIiBifQ==
        n_object_missing_key reject ezoiYiJ9
        n_object_missing_semicolon reject eyJhIiAiYiJ9
        n_object_missing_value reject eyJhIjo=
        n_object_no-colon reject eyJhIg==
        n_object_non_string_key reject ezE6MX0=
        n_object_non_string_key_but_huge_number_instead reject ezk5OTlFOTk5OToxfQ==
        n_object_repeated_null_null reject e251bGw6bnVsbCxudWxsOm51bGx9
        n_object_several_trailing_commas reject eyJpZCI6MCwsLCwsfQ==
        n_object_single_quote reject eydhJzowfQ==
        n_object_trailing_comma reject eyJpZCI6MCx9
        n_object_trailing_comment reject eyJhIjoiYiJ9LyoqLw==
        n_object_trailing_comment_open reject eyJhIjoiYiJ9LyoqLy8=
        n_object_trailing_comment_slash_open reject eyJhIjoiYiJ9Ly8=
        n_object_trailing_comment_slash_open_incomplete reject eyJhIjoiYiJ9Lw==
        n_object_two_commas_in_a_row reject eyJhIjoiYiIsLCJjIjoiZCJ9
        n_object_unquoted_key reject e2E6ICJiIn0=
        n_object_unterminated-value reject eyJhIjoiYQ==
        n_object_with_single_string reject eyAiZm9vIiA6ICJiYXIiLCAiYSIgfQ==
        n_object_with_trailing_garbage reject eyJhIjoiYiJ9Iw==
        n_single_space reject IA==
        n_string_1_surrogate_then_escape reject WyJcdUQ4MDBcIl0=
        n_string_1_surrogate_then_escape_u reject WyJcdUQ4MDBcdSJd
        n_string_1_surrogate_then_escape_u1 reject WyJcdUQ4MDBcdTEiXQ==
        n_string_1_surrogate_then_escape_u1x reject WyJcdUQ4MDBcdTF4Il0=
        n_string_accentuated_char_no_quotes reject W8OpXQ==
        n_string_backslash_00 reject WyJcACJd
        n_string_escape_x reject WyJceDAwIl0=
        n_string_escaped_backslash_bad reject WyJcXFwiXQ==
        n_string_escaped_ctrl_char_tab reject WyJcCSJd
        n_string_escaped_emoji reject WyJc8J+MgCJd
        n_string_incomplete_escape reject WyJcIl0=
        n_string_incomplete_escaped_character reject WyJcdTAwQSJd
        n_string_incomplete_surrogate reject WyJcdUQ4MzRcdURkIl0=
        n_string_incomplete_surrogate_escape_invalid reject WyJcdUQ4MDBcdUQ4MDBceCJd
        n_string_invalid-utf-8-in-escape reject WyJcdeUiXQ==
        n_string_invalid_backslash_esc reject WyJcYSJd
        n_string_invalid_unicode_escape reject WyJcdXFxcXEiXQ==
        n_string_invalid_utf8_after_escape reject WyJc5SJd
        n_string_leading_uescaped_thinspace reject W1x1MDAyMCJhc2QiXQ==
        n_string_no_quotes_with_bad_escape reject W1xuXQ==
        n_string_single_doublequote reject Ig==
        n_string_single_quote reject WydzaW5nbGUgcXVvdGUnXQ==
        n_string_single_string_no_double_quotes reject YWJj
        n_string_start_escape_unclosed reject WyJc
        n_string_unescaped_ctrl_char reject WyJhAGEiXQ==
        n_string_unescaped_newline reject WyJuZXcKbGluZSJd
        n_string_unescaped_tab reject WyIJIl0=
        n_string_unicode_CapitalU reject IlxVQTY2RCI=
        n_string_with_trailing_garbage reject IiJ4
        n_structure_U+2060_word_joined reject W+KBoF0=
        n_structure_UTF8_BOM_no_data reject 77u/
        n_structure_angle_bracket_. reject PC4+
        n_structure_angle_bracket_null reject WzxudWxsPl0=
        n_structure_array_trailing_garbage reject WzFdeA==
        n_structure_array_with_extra_array_close reject WzFdXQ==
        n_structure_array_with_unclosed_string reject WyJhc2Rd
        n_structure_ascii-unicode-identifier reject YcOl
        n_structure_capitalized_True reject W1RydWVd
        n_structure_close_unopened_array reject MV0=
        n_structure_comma_instead_of_closing_brace reject eyJ4IjogdHJ1ZSw=
        n_structure_double_array reject W11bXQ==
        n_structure_end_array reject XQ==
        n_structure_incomplete_UTF8_BOM reject 77t7fQ==
        n_structure_lone-invalid-utf-8 reject 5Q==
        n_structure_lone-open-bracket reject Ww==
        n_structure_no_data reject -
        n_structure_null-byte-outside-string reject WwBd
        n_structure_number_with_trailing_garbage reject MkA=
        n_structure_object_followed_by_closing_object reject e319
        n_structure_object_unclosed_no_value reject eyIiOg==
        n_structure_object_with_comment reject eyJhIjovKmNvbW1lbnQqLyJiIn0=
        n_structure_object_with_trailing_garbage reject eyJhIjogdHJ1ZX0gIngi
        n_structure_open_array_apostrophe reject Wyc=
        n_structure_open_array_comma reject Wyw=
        n_structure_open_array_open_object reject W3s=
        n_structure_open_array_open_string reject WyJh
        n_structure_open_array_string reject WyJhIg==
        n_structure_open_object reject ew==
        n_structure_open_object_close_array reject e10=
        n_structure_open_object_comma reject eyw=
        n_structure_open_object_open_array reject e1s=
        n_structure_open_object_open_string reject eyJh
        n_structure_open_object_string_with_apostrophes reject eydhJw==
        n_structure_open_open reject WyJce1siXHtbIlx7WyJcew==
        n_structure_single_eacute reject 6Q==
        n_structure_single_star reject Kg==
        n_structure_trailing_# reject eyJhIjoiYiJ9I3t9
        n_structure_uescaped_LF_before_string reject W1x1MDAwQSIiXQ==
        n_structure_unclosed_array reject WzE=
        n_structure_unclosed_array_partial_null reject WyBmYWxzZSwgbnVs
        n_structure_unclosed_array_unfinished_false reject WyB0cnVlLCBmYWxz
        n_structure_unclosed_array_unfinished_true reject WyBmYWxzZSwgdHJ1
        n_structure_unclosed_object reject eyJhc2QiOiJhc2Qi
        n_structure_unicode-identifier reject w6U=
        n_structure_whitespace_U+2060_word_joiner reject W+KBoF0=
        n_structure_whitespace_formfeed reject Wwxd
        y_array_arraysWithSpaces accept W1tdICAgXQ==
        y_array_empty-string accept WyIiXQ==
        y_array_empty accept W10=
        y_array_ending_with_newline accept WyJhIl0=
        y_array_false accept W2ZhbHNlXQ==
        y_array_heterogeneous accept W251bGwsIDEsICIxIiwge31d
        y_array_null accept W251bGxd
        y_array_with_1_and_newline accept WzEKXQ==
        y_array_with_leading_space accept IFsxXQ==
        y_array_with_several_null accept WzEsbnVsbCxudWxsLG51bGwsMl0=
        y_array_with_trailing_space accept WzJdIA==
        y_number accept WzEyM2U2NV0=
        y_number_0e+1 accept WzBlKzFd
        y_number_0e1 accept WzBlMV0=
        y_number_after_space accept WyA0XQ==
        y_number_double_close_to_zero accept Wy0wLjAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw
        + MDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAwMDAw
        + MDAwMDAwMV0K
        y_number_int_with_exp accept WzIwZTFd
        y_number_minus_zero accept Wy0wXQ==
        y_number_negative_int accept Wy0xMjNd
        y_number_negative_one accept Wy0xXQ==
        y_number_negative_zero accept Wy0wXQ==
        y_number_real_capital_e accept WzFFMjJd
        y_number_real_capital_e_neg_exp accept WzFFLTJd
        y_number_real_capital_e_pos_exp accept WzFFKzJd
        y_number_real_exponent accept WzEyM2U0NV0=
        y_number_real_fraction_exponent accept WzEyMy40NTZlNzhd
        y_number_real_neg_exp accept WzFlLTJd
        y_number_real_pos_exponent accept WzFlKzJd
        y_number_simple_int accept WzEyM10=
        y_number_simple_real accept WzEyMy40NTY3ODld
        y_object accept eyJhc2QiOiJzZGYiLCAiZGZnIjoiZmdoIn0=
        y_object_basic accept eyJhc2QiOiJzZGYifQ==
        y_object_duplicated_key reject eyJhIjoiYiIsImEiOiJjIn0=
        y_object_duplicated_key_and_value reject eyJhIjoiYiIsImEiOiJiIn0=
        y_object_empty accept e30=
        y_object_empty_key accept eyIiOjB9
        y_object_escaped_null_in_key accept eyJmb29cdTAwMDBiYXIiOiA0Mn0=
        y_object_extreme_numbers accept eyAibWluIjogLTEuMGUrMjgsICJtYXgiOiAxLjBlKzI4IH0=
        y_object_long_strings accept eyJ4IjpbeyJpZCI6ICJ4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4
        + eHh4eHh4eHh4In1dLCAiaWQiOiAieHh4eHh4eHh4
        + eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eHh4eCJ9
        y_object_simple accept eyJhIjpbXX0=
        y_object_string_unicode accept eyJ0aXRsZSI6Ilx1MDQxZlx1MDQzZVx1MDQzYlx1MDQ0Mlx1MDQzZVx1MDQ0
        + MFx1MDQzMCBcdTA0MTdcdTA0MzVcdTA0M2NcdTA0
        + M2JcdTA0MzVcdTA0M2FcdTA0M2VcdTA0M2ZcdTA0MzAiIH0=
        y_object_with_newlines accept ewoiYSI6ICJiIgp9
        y_string_1_2_3_bytes_UTF-8_sequences accept WyJcdTAwNjBcdTAxMmFcdTEyQUIiXQ==
        y_string_accepted_surrogate_pair accept WyJcdUQ4MDFcdWRjMzciXQ==
        y_string_accepted_surrogate_pairs accept WyJcdWQ4M2RcdWRlMzlcdWQ4M2RcdWRjOGQiXQ==
        y_string_allowed_escapes accept WyJcIlxcXC9cYlxmXG5cclx0Il0=
        y_string_backslash_and_u_escaped_zero accept WyJcXHUwMDAwIl0=
        y_string_backslash_doublequotes accept WyJcIiJd
        y_string_comments accept WyJhLypiKi9jLypkLy9lIl0=
        y_string_double_escape_a accept WyJcXGEiXQ==
        y_string_double_escape_n accept WyJcXG4iXQ==
        y_string_escaped_control_character accept WyJcdTAwMTIiXQ==
        y_string_escaped_noncharacter accept WyJcdUZGRkYiXQ==
        y_string_in_array accept WyJhc2QiXQ==
        y_string_in_array_with_leading_space accept WyAiYXNkIl0=
        y_string_last_surrogates_1_and_2 accept WyJcdURCRkZcdURGRkYiXQ==
        y_string_nbsp_uescaped accept WyJuZXdcdTAwQTBsaW5lIl0=
        y_string_nonCharacterInUTF-8_U+10FFFF accept WyL0j7+/Il0=
        y_string_nonCharacterInUTF-8_U+FFFF accept WyLvv78iXQ==
        y_string_null_escape accept WyJcdTAwMDAiXQ==
        y_string_one-byte-utf-8 accept WyJcdTAwMmMiXQ==
        y_string_pi accept WyLPgCJd
        y_string_reservedCharacterInUTF-8_U+1BFFF accept WyLwm7+/Il0=
        y_string_simple_ascii accept WyJhc2QgIl0=
        y_string_space accept IiAi
        y_string_surrogates_U+1D11E_MUSICAL_SYMBOL_G_CLEF accept WyJcdUQ4MzRcdURkMWUiXQ==
        y_string_three-byte-utf-8 accept WyJcdTA4MjEiXQ==
        y_string_two-byte-utf-8 accept WyJcdTAxMjMiXQ==
        y_string_u+2028_line_sep accept WyLigKgiXQ==
        y_string_u+2029_par_sep accept WyLigKkiXQ==
        y_string_uEscape accept WyJcdTAwNjFcdTMwYWZcdTMwRUFcdTMwYjkiXQ==
        y_string_uescaped_newline accept WyJuZXdcdTAwMEFsaW5lIl0=
        y_string_unescaped_char_delete accept WyJ/Il0=
        y_string_unicode accept WyJcdUE2NkQiXQ==
        y_string_unicodeEscapedBackslash accept WyJcdTAwNUMiXQ==
        y_string_unicode_2 accept WyLijYLjiLTijYIiXQ==
        y_string_unicode_U+10FFFE_nonchar accept WyJcdURCRkZcdURGRkUiXQ==
        y_string_unicode_U+1FFFE_nonchar accept WyJcdUQ4M0ZcdURGRkUiXQ==
        y_string_unicode_U+200B_ZERO_WIDTH_SPACE accept WyJcdTIwMEIiXQ==
        y_string_unicode_U+2064_invisible_plus accept WyJcdTIwNjQiXQ==
        y_string_unicode_U+FDD0_nonchar accept WyJcdUZERDAiXQ==
        y_string_unicode_U+FFFE_nonchar accept WyJcdUZGRkUiXQ==
        y_string_unicode_escaped_double_quote accept WyJcdTAwMjIiXQ==
        y_string_utf8 accept WyLigqzwnYSeIl0=
        y_string_with_del_character accept WyJhf2EiXQ==
        y_structure_lonely_false accept ZmFsc2U=
        y_structure_lonely_int accept NDI=
        y_structure_lonely_negative_real accept LTAuMQ==
        y_structure_lonely_null accept bnVsbA==
        y_structure_lonely_string accept ImFzZCI=
        y_structure_lonely_true accept dHJ1ZQ==
        y_structure_string_empty accept IiI=
        y_structure_trailing_newline accept WyJhIl0K
        y_structure_true_in_array accept W3RydWVd
        y_structure_whitespace_array accept IFtdIA==
        """;

    public static TheoryData<string, bool, byte[]> All()
    {
        TheoryData<string, bool, byte[]> all = new()
        {
            { "i_structure_500_nested_arrays", false, Utf8(new string('[', 500) + new string(']', 500)) },
            { "n_structure_100000_opening_arrays", false, Utf8(new string('[', 100_000)) },
            { "n_structure_open_array_object", false, Utf8(string.Concat(Enumerable.Repeat("[{\"\":", 50_000))) },
        };
        string rows = Rows.ReplaceLineEndings("\n").Replace("\n+ ", string.Empty, StringComparison.Ordinal);
        foreach (string row in rows.Split('\n'))
        {
            string[] parts = row.Split(' ');
            all.Add(parts[0], parts[1] == "accept", parts[2] == "-" ? [] : Convert.FromBase64String(parts[2]));
        }

        return all;
    }

    private static byte[] Utf8(string text) => System.Text.Encoding.UTF8.GetBytes(text);
}
