-- Grain: one column of one export.
select 'hubspot' as connector, 'contact' as source_object, 'id' as column_name, 'declared' as status, '' as message
union all
select 'hubspot', 'contact', 'shoe_size', 'undeclared', 'Kept aside.'
union all
select 'hubspot', 'contact', '*', 'unread_file', 'old/contact.csv belongs to no declared object.'
union all
select 'hubspot', 'hubspot/contact-2026-01-01.csv', '*', 'earlier_file', 'An earlier export.'
